import io.github.claudefleet.it.ItProject
import java.time.Duration

ItProject.of(basedir, mavenHome, settings, localRepositoryPath).withCloseable { project ->
    def file = new File(basedir, 'login/.credentials.json')
    def said = { String text -> project.log(project.agent('auth')).count { it.contains(text) } }
    def inside = { String script -> project.exec(project.agent('auth'), 'sh', '-c', script).output() }
    def request = { project.exec(project.agent('worker'), 'claude', '-p', 'Say yes') }
    def await = { String what, Closure<Boolean> condition ->
        def end = System.nanoTime() + 120_000_000_000
        while (!condition()) {
            assert System.nanoTime() < end : what + ': ' + project.log(project.agent('auth'))
            sleep 200
        }
    }
    try {
        def lock = '/claude-fleet/login/.oauth_refresh.lock'
        inside("mkdir $lock && touch -d '+1 hour' $lock")
        project.logIn(context.account, Duration.ofHours(-1)).handOver()
        inside('kill $(pidof sleep)')
        def locked = request()
        assert locked.exitCode() != 0 && locked.output() =~ /401/ : locked
        await('the lock is cleared') { said('cleared a refresh lock that nobody held') == 1 }
        await('the login is refreshed') { said('refreshed the login') == 1 }
        assert request().output().trim() == 'yes'
        assert project.standIn().counts(context.account).refreshes() == 1

        def good = file.text
        [['damaged', good[0..<40]], ['blank', good.replaceAll(/"((?:access|refresh)Token)":"[^"]*"/, '"$1":""')]].each { kind, spoilt ->
            await('the login is kept') { new File(basedir, 'login/.credentials.json.last-good').exists() }
            assert spoilt != good
            file.text = spoilt
            inside('kill $(pidof sleep)')
            await(kind) { said("found the login $kind and put the last good one back") == 1 }
            assert file.text == good
            assert request().output().trim() == 'yes'
            // As if a refresh had proved it: it is kept again.
            new File(basedir, 'login/.credentials.json.set-aside').delete()
            file.setLastModified(System.currentTimeMillis() - 60_000)
            inside('kill -9 $(grep -l "[k]eeper-loop" /proc/[0-9]*/cmdline | cut -d / -f 3)')
        }
        assert project.standIn().counts(context.account).refreshes() == 1

        project.maven('-B', 'claude-fleet:stop', 'claude-fleet:logout').succeeded()
        assert new File(basedir, 'login').list().findAll { it.startsWith('.credentials') } == []
        assert project.leftovers() == []
    } finally {
        project.cleanUp()
    }
}
return true
