import groovy.json.JsonSlurper
import io.github.claudefleet.it.ItProject
import io.github.claudefleet.it.LoopbackStandIn
import io.github.claudefleet.it.ThrowawayEngine
import java.time.Duration

def shared = ItProject.of(basedir, mavenHome, settings, localRepositoryPath)
def engine = ThrowawayEngine.create()
def standIn = LoopbackStandIn.start(new File(basedir, 'target/tls').toPath())
def project = shared.on(engine, standIn)
def service = project.standIn()

def await = { String what, Closure<Boolean> condition ->
    def end = System.nanoTime() + 120_000_000_000
    while (!condition()) {
        assert System.nanoTime() < end : what + ': ' + project.log(project.agent('auth'))
        sleep 200
    }
}
def yes = { project.exec(project.agent('idle'), 'claude', '-p', 'Say yes').output().trim() == 'yes' }
def begun = { String name -> project.docker().inspect(project.agent(name).id()).State.StartedAt }
def states = {
    def file = new File(basedir, 'target/status.json')
    project.maven('-B', 'claude-fleet:status', '-Dclaude-fleet.statusFile=' + file).succeeded()
    new JsonSlurper().parse(file).agents.collectEntries { [it.name, it.state] }
}
// What an engine that ends has ended: all but the auth container, which is the same one and up again by itself.
def isBackAlone = { Closure restart ->
    def auth = project.agent('auth').id()
    def before = begun('auth')
    restart()
    await('the keeper is back') { project.running()*.id() == [auth] && begun('auth') != before }
    def now = states()
    assert now.idle == 'failed' && now.busy == 'failed' && now.worker == 'done' : now
}

try {
    service.scripts('*', '[{"match": "Take your time", "turns": [{"text": "done"}], "delayMillis": 3600000}]')

    // A token that was handed over is in memory alone, and so it is gone with the engine.
    new File(basedir, 'token').text = 'sk-ant-oat01-standin.restarted.setup'
    def token = ['-Dclaude-fleet.auth.mode=token', '-Dclaude-fleet.auth.file=token']
    def secrets = { project.exec(project.agent('auth'), 'find', '/claude-fleet/secrets', '-type', 'f').output() }
    project.maven('-B', 'claude-fleet:start', *token).succeeded().says('3 agents ready')
    assert yes() && secrets() && project.awaitEnd('worker').exitCode().get() == 0
    isBackAlone { engine.stop(); engine.start() }
    assert secrets() == ''
    def agents = ['busy', 'worker'].collect { project.agent(it).id() }
    project.maven('-B', 'claude-fleet:start', *token).succeeded().says('3 agents ready')
    assert yes() && secrets()
    assert agents == ['busy', 'worker'].collect { project.agent(it).id() } : 'no prompt is sent twice'
    project.maven('-B', 'claude-fleet:stop').succeeded()
    assert project.leftovers() == []

    def account = 'engine-restarted'
    def counts = { service.counts(account) }
    def login = { new JsonSlurper().parse(new File(basedir, 'login/.credentials.json')).claudeAiOauth }
    def awaitRenewal = {
        def before = counts().refreshes()
        def until = login().expiresAt
        await('the login is renewed') { counts().refreshes() > before && login().expiresAt > until }
    }
    def isOneLogin = {
        def now = counts()
        assert now.logins() == 0 && now.refreshesRefused() == 0 && now.revoked() == 0
        assert now.currentAccessToken() == now.refreshes() + 1 : 'each renewal went on from the one before'
    }
    def start = { project.maven('-B', 'claude-fleet:start').succeeded() }

    service.accessTokensLive(account, Duration.ofSeconds(30))
    project.logIn(account, Duration.ofSeconds(30)).handOver()
    start().says('3 agents ready')
    project.awaitEnd('worker')
    def end = [killed: { engine.kill() }, stopped: { engine.stop() }]
    def options = [killed: [], stopped: ['--live-restore']]
    end.each { how, Closure doEnd ->
        // Well before the next one is due.
        awaitRenewal()
        isBackAlone { doEnd(); engine.start(*options[how]) }
        awaitRenewal()
        isOneLogin()
        start().says('3 agents ready').saysNot('nothing had to be changed')
        assert yes()
        isOneLogin()
    }

    // With live-restore nothing ends, and the keeper does its work while there is no engine.
    def before = [project.running()*.id(), begun('auth'), begun('idle')]
    engine.stop()
    awaitRenewal()
    engine.start('--live-restore')
    assert before == [project.running()*.id(), begun('auth'), begun('idle')]
    awaitRenewal()
    start().says('nothing had to be changed')
    assert yes()
    isOneLogin()
    project.maven('-B', 'claude-fleet:stop').succeeded()
    assert project.leftovers() == []
} finally {
    engine.close()
    standIn.close()
    project.close()
    shared.close()
}
return true
