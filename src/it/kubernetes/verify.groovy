import groovy.json.JsonSlurper
import io.github.claudefleet.it.ItProject
import io.github.claudefleet.it.LoopbackStandIn
import io.github.claudefleet.it.ThrowawayKubernetes

def secret = 'sk-ant-oat01-standin.kubernetes.setup'
def project = ItProject.of(basedir, mavenHome, settings, localRepositoryPath)
def standIn = LoopbackStandIn.start(new File(basedir, 'target/tls').toPath())
def cluster = ThrowawayKubernetes.create()

def maven = { String... arguments ->
    def all = ['-B', *arguments, '-Dclaude-fleet.network=', "-Dclaude-fleet.image.name=${project.bundledImage()}".toString(),
               "-Dclaude-fleet.image.caBundle=${standIn.ca()}".toString(),
               "-Dclaude-fleet.extraHosts=${standIn.hosts()}".toString()] as String[]
    def environment = [KUBECONFIG: cluster.kubeconfig(ThrowawayKubernetes.DEVELOPER).toString(), FLEET_TOKEN: secret]
    return project.startMavenWith(environment, all).await()
}
def leftovers = {
    cluster.kubectl('get', 'jobs,pods,secrets', '--namespace=team', '--selector=io.github.claudefleet.fleet', '--output=name')
}

try {
    cluster.load(project.bundledImage())
    cluster.createNamespace('team')

    maven('claude-fleet:doctor').failed().says('you may not create pods in namespace team, get pods in namespace team')
    maven('claude-fleet:start').failedPlainly().says('cannot list resource "pods"').says('grant you that right in the namespace team')

    cluster.kubectl('apply', '--namespace=team', '--filename=' + new File(basedir, '../../../docs/kubernetes-role.yaml').canonicalPath)
    cluster.kubectl('create', 'rolebinding', 'claude-fleet', '--namespace=team', '--role=claude-fleet', '--user=developer')
    sleep(3000)
    maven('claude-fleet:doctor').succeeded().says('rights: all 20 that a fleet needs')

    // A build's fleet, from its start to the verdict.
    maven('verify').succeeded().says('2 agents ready')
    def tasks = new JsonSlurper().parse(new File(basedir, 'target/claude-fleet/fleet.json')).tasks
    assert tasks*.outcome == ['done'] : tasks*.reason
    assert tasks[0].answer == 'yes'
    assert leftovers() == ''

    // A detached one, by a Maven for each goal.
    maven('claude-fleet:start', '-Dclaude-fleet.lifetime=detached').succeeded().says('2 agents ready')
    maven('claude-fleet:start', '-Dclaude-fleet.lifetime=detached').succeeded().says('nothing had to be changed')
    maven('claude-fleet:status').succeeded().says('worker').says('keeping')
    maven('claude-fleet:await').succeeded()
    maven('claude-fleet:logs', '-Dclaude-fleet.agent=worker').succeeded().says('claude-fleet: agent worker ready')
    maven('claude-fleet:doctor').succeeded().says('a real request was answered')
    maven('claude-fleet:stop').succeeded()
    assert leftovers() == ''

    // Without the client.
    def without = new File(basedir, 'target/without').tap { mkdirs() }
    project.mavenIn(without.toPath(), '-B', project.goal('status'), '-Dclaude-fleet.engine=kubernetes')
            .failedPlainly().says('whose client the plugin does not have').says('<artifactId>kubernetes-client</artifactId>')
} finally {
    cluster.close()
    standIn.close()
    project.close()
}
return true
