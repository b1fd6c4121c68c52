import groovy.json.JsonSlurper
import io.github.claudefleet.it.ItProject
import io.github.claudefleet.it.LoopbackStandIn
import io.github.claudefleet.it.ThrowawayPodman

def shared = ItProject.of(basedir, mavenHome, settings, localRepositoryPath)
def engine = ThrowawayPodman.create(ThrowawayPodman.Networks.THE_MACHINES)
def standIn = LoopbackStandIn.start(new File(basedir, 'target/tls').toPath())
def project = shared.on(engine, standIn)

try {
    def account = 'podman'
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

    // A token lives in a volume in memory.
    new File(basedir, 'token').text = 'sk-ant-oat01-standin.podman.setup'
    project.maven('-B', 'claude-fleet:start', '-Dclaude-fleet.auth.mode=token', '-Dclaude-fleet.auth.file=token')
            .succeeded().says('2 agents ready')
    assert project.exec(project.agent('idle'), 'claude', '-p', 'Say yes').output().trim() == 'yes'
    project.maven('-B', 'claude-fleet:stop').succeeded()
    assert project.leftovers() == []
} finally {
    engine.close()
    standIn.close()
    project.close()
    shared.close()
}
return true
