import io.github.claudefleet.it.ItProject
import java.nio.file.Files
import java.time.Instant
import java.time.ZoneId
import java.time.format.DateTimeFormatter
import java.time.temporal.ChronoUnit

// What the account is answered, the time for it to pass, and what the build must say.
def reset = Instant.now().plus(3, ChronoUnit.HOURS).truncatedTo(ChronoUnit.MINUTES)
def local = DateTimeFormatter.ofPattern('uuuu-MM-dd HH:mm z', Locale.ENGLISH).format(reset.atZone(ZoneId.systemDefault()))
def cases = [
    ['403',          '60s', ['forbidden by the organisation', 'API Error: 403', "Ask the organisation's administrator."]],
    ['429',          '60s', ['out of quota', 'hit your 5-hour limit', "resets at ${local} (in 2h 5", 'Wait for the reset']],
    ['400-credit',   '60s', ['out of credit (Credit balance is too low)', 'Add credit to the account']],
    ['401',          '8s',  ['within 8 s', 'rejected by the service', 'API Error: 401', 'sign in again']],
    ['429-throttle', '8s',  ['within 8 s', 'throttled by the service', 'not your usage limit', 'Try again in a while.']],
    ['529',          '8s',  ['within 8 s', 'throttled by the service', '529 Overloaded', 'Try again in a while.']],
    ['hang',         '12s', ['within 12 s', 'the service did not answer in time (tried api.anthropic.com)', 'Check the network and the proxy']],
]

ItProject.of(basedir, mavenHome, settings, localRepositoryPath).withCloseable { project ->
    def file = project.directory().resolve('login/.credentials.json')
    try {
        cases.each { behaviour, timeout, words ->
            def account = "verdict-${behaviour}-" + System.nanoTime()
            project.standIn().behaviour(account, behaviour)
            project.standIn().quotaResetsAt(account, reset)
            project.logIn(account)
            def login = Files.readString(file)
            def run = project.maven('-B', 'claude-fleet:auth', "-Dclaude-fleet.auth.timeout=${timeout}",
                    '-Dclaude-fleet.auth.pollInterval=2s').failedPlainly()
            words.each { run.says(it) }
            assert project.standIn().requests(account).any { it.path().startsWith('/v1/messages') } : behaviour
            assert project.leftovers() == [] : behaviour
            // A refused token has the CLI refresh the login; nothing else may change it.
            assert behaviour == '401' || Files.readString(file) == login : behaviour
        }

        def account = 'verdict-key-' + System.nanoTime()
        def key = project.directory().resolve('key')
        Files.writeString(key, 'sk-ant-made-up')
        def withKey = ['-B', 'claude-fleet:auth', '-Dclaude-fleet.auth.mode=apiKey', '-Dclaude-fleet.auth.file=key',
                '-Dclaude-fleet.auth.timeout=8s', '-Dclaude-fleet.auth.pollInterval=2s'] as String[]
        project.maven(withKey).failedPlainly()
                .says('rejected by the service').says('Check that the credential is right').saysNot('within 8 s')
                .saysNot('sk-ant-made-up')

        // A key has no quota that comes back at a certain time, whatever the answer's headers say.
        Files.writeString(key, "sk-ant-api03-standin.${account}")
        project.standIn().behaviour(account, '429')
        project.maven(withKey).failedPlainly()
                .says('within 8 s').says('throttled by the service').says('Request rejected (429)')
        assert project.leftovers() == []
    } finally {
        project.cleanUp()
    }
}
return true
