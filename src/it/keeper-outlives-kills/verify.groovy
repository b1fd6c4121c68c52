import groovy.json.JsonSlurper
import io.github.claudefleet.it.ItProject
import java.time.Duration

ItProject.of(basedir, mavenHome, settings, localRepositoryPath).withCloseable { project ->
    def standIn = project.standIn()
    def docker = project.docker()
    def auth = project.agent('auth').id()
    def counts = { standIn.counts(context.account) }
    def login = { new JsonSlurper().parse(new File(basedir, 'login/.credentials.json')).claudeAiOauth }
    def said = { String text -> project.log(project.agent('auth')).count { it.contains(text) } }
    def inside = { String script -> project.exec(project.agent('auth'), 'sh', '-c', script).output() }
    def yes = { project.exec(project.agent('worker'), 'claude', '-p', 'Say yes').output().trim() == 'yes' }
    def await = { String what, Closure<Boolean> condition ->
        def end = System.nanoTime() + 120_000_000_000
        while (!condition()) {
            assert System.nanoTime() < end : what + ': ' + project.log(project.agent('auth'))
            sleep 200
        }
    }
    // The stand-in rotates the tokens first and answers late: what is killed or turns away meanwhile has lost them.
    def beginRefresh = {
        def before = counts().refreshes()
        standIn.tokenBehaviour(context.account, 'slow:12000')
        project.logIn(context.account, Duration.ofHours(-1)).handOver()
        inside('kill $(pidof sleep)')
        await('a refresh') { counts().refreshes() == before + 1 }
        standIn.tokenBehaviour(context.account, 'ok')
        return before + 1
    }
    def isWhole = { long refreshes ->
        assert login().expiresAt > System.currentTimeMillis() && login().refreshToken
        assert counts().refreshes() == refreshes && counts().refreshesRefused() == 0
        return true
    }
    try {
        assert docker.inspect(auth).HostConfig.RestartPolicy.Name == 'always'
        assert docker.inspect(project.agent('worker').id()).HostConfig.RestartPolicy.Name in ['', 'no']

        def refreshes = beginRefresh()
        docker.run('stop', auth)
        isWhole(refreshes)
        assert said('refreshed the login') == 1 && said('keeper down') == 1
        docker.run('start', auth)
        await('the keeper is up again') { said('keeper up') == 2 }
        assert yes()

        refreshes = beginRefresh()
        inside('kill -9 $(grep -l "[k]eeper-loop" /proc/[0-9]*/cmdline | cut -d / -f 3)')
        await('the loop is back') { inside('cat /claude-fleet/kit/state/keeper') =~ /(?s)doing=keeping.*restarts=1/ }
        isWhole(refreshes)
        assert said('was killed and goes on') == 1 && said('keeper up') == 2
        assert yes()

        inside('kill -9 $(grep -l "[k]eeper.sh" /proc/[0-9]*/cmdline | cut -d / -f 3)')
        await('the container is back') { said('keeper up') == 3 }
        await('so is the loop') { inside('cat /claude-fleet/kit/state/keeper') =~ /(?s)doing=keeping.*restarts=2/ }
        assert project.agent('auth').id() == auth
        assert project.maven('-B', 'claude-fleet:status').succeeded().output() =~
                /(?m)^\[INFO] auth +keeping .* login, shared: login; token good for 7h 5\dm$/

        beginRefresh()
        docker.run('kill', auth)
        docker.run('start', auth)
        await('the loss is named') { said('found the login expired or revoked: sign in again') == 1 }
        assert login().accessToken == '' && counts().refreshesRefused() == 1
        assert project.maven('-B', 'claude-fleet:status').succeeded().output() =~
                /(?m)^\[INFO] auth +expired .* login, shared: login; expired or revoked: sign in again$/
        assert project.maven('-B', 'claude-fleet:auth', '-Dclaude-fleet.auth.timeout=2s', '-Dclaude-fleet.auth.remember=1ms')
                .failed().output() =~ /expired or (was )?revoked/

        project.maven('-B', 'claude-fleet:stop').succeeded()
        assert project.leftovers() == []
    } finally {
        project.cleanUp()
    }
}
return true
