import groovy.json.JsonSlurper
import io.github.claudefleet.it.ItProject
import io.github.claudefleet.it.LoopbackStandIn
import io.github.claudefleet.it.ThrowawayEngine

def shared = ItProject.of(basedir, mavenHome, settings, localRepositoryPath)
def engine = ThrowawayEngine.docker26()
def standIn = LoopbackStandIn.start(new File(basedir, 'target/tls').toPath())
def project = shared.on(engine, standIn)

try {
    def info = project.engine().info()
    assert info.version().startsWith('26.') && info.apiVersion() == '1.44'

    def account = 'engine-26'
    def auth = project.startMaven('claude-fleet:auth')
    auth.awaitOutput('Paste the code here:')
    auth.type("code-${account}#state")
    auth.await().succeeded().says('Login works')
    def keeper = project.running()*.id()
    assert keeper == [project.agent('auth').id()]

    project.maven('-B', 'claude-fleet:start').succeeded().says('2 agents ready')
    assert keeper == [project.agent('auth').id()]
    project.maven('-B', 'claude-fleet:await').succeeded()
    def tasks = new JsonSlurper().parse(new File(basedir, 'target/claude-fleet/fleet.json')).tasks
    assert tasks*.task == ['worker'] && tasks*.outcome == ['done']
    assert project.result(project.agent('worker')).result == 'yes'

    def idle = project.agent('idle')
    assert project.exec(idle, 'claude', '-p', 'Say yes').output().trim() == 'yes'
    assert !project.exec(idle, 'sh', '-c', 'echo x >>/claude-fleet/login/.credentials.json').succeeded()
    project.maven('-B', 'claude-fleet:start').succeeded().says('nothing had to be changed')
    project.maven('-B', 'claude-fleet:doctor').succeeded()
    assert project.standIn().counts(account).logins() == 1

    project.maven('-B', 'claude-fleet:stop').succeeded()
    assert project.leftovers() == []
} finally {
    engine.close()
    standIn.close()
    project.close()
    shared.close()
}
return true
