import io.github.claudefleet.it.ItProject
import java.nio.file.Files
import java.time.Instant
import java.time.ZoneId
import java.time.format.DateTimeFormatter

def local = { Instant time ->
    DateTimeFormatter.ofPattern('uuuu-MM-dd HH:mm z', Locale.ENGLISH).format(time.atZone(ZoneId.systemDefault()))
}

ItProject.of(basedir, mavenHome, settings, localRepositoryPath).withCloseable { project ->
    try {
        def account = 'quota-' + System.nanoTime()
        project.logIn(account)
        def login = Files.readString(project.directory().resolve('login/.credentials.json'))

        def reset = Instant.now().plusSeconds(7200)
        project.standIn().quotaResetsAt(account, reset)
        project.standIn().behaviour(account, '429')
        project.maven('-B', 'claude-fleet:auth').failedPlainly()
                .says('out of quota (the login itself is fine)').says("resets at ${local(reset)} (in 1h 5")
                .saysNot('Sign in').saysNot('Waiting')
        project.maven('-B', 'claude-fleet:auth', '-Dclaude-fleet.auth.whenOutOfQuota=wait',
                '-Dclaude-fleet.auth.quotaTimeout=1h').failedPlainly()
                .says('not proved within auth.quotaTimeout (1h): out of quota').saysNot('Waiting')
        assert project.leftovers() == []

        // Longer than the time that a login may take, which is not the time that a quota may take.
        reset = Instant.now().plusSeconds(20)
        project.standIn().quotaResetsAt(account, reset)
        def auth = project.startMaven('-B', 'claude-fleet:auth', '-Dclaude-fleet.auth.whenOutOfQuota=wait',
                '-Dclaude-fleet.auth.timeout=10s').closeInput()
        auth.awaitOutput('Waiting until')
        project.standIn().behaviour(account, 'ok')
        auth.await().succeeded().says('Login works: a real request was answered (claude.ai')
        assert Instant.now().isAfter(reset) : 'the service was not asked before the reset'
        assert auth.output().count('Waiting until') == 1
        assert Files.readString(project.directory().resolve('login/.credentials.json')) == login
        project.maven('-B', 'claude-fleet:stop').succeeded()
        assert project.leftovers() == []
    } finally {
        project.cleanUp()
    }
}
return true
