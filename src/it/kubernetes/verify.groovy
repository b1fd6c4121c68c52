import groovy.json.JsonOutput
import groovy.json.JsonSlurper
import io.github.claudefleet.it.GitRepository
import io.github.claudefleet.it.ItProject
import io.github.claudefleet.it.LoopbackStandIn
import io.github.claudefleet.it.ThrowawayKubernetes
import io.github.claudefleet.standin.StandInControl

def secret = 'sk-ant-oat01-standin.kubernetes.setup'
def project = ItProject.of(basedir, mavenHome, settings, localRepositoryPath)
def standIn = LoopbackStandIn.start(new File(basedir, 'target/tls').toPath())
def cluster = ThrowawayKubernetes.create()
def git = GitRepository.at(basedir)
def branch = { 'claude-fleet/kubernetes/' + it }
def bash = { String command -> [tool: 'Bash', input: [command: command]] }
def scripts = { List all -> new StandInControl(standIn.control()).scripts('kubernetes', JsonOutput.toJson(all)) }

def start = { String... arguments ->
    def all = ['-B', *arguments, '-Dclaude-fleet.network=', "-Dclaude-fleet.image.name=${project.bundledImage()}".toString(),
               "-Dclaude-fleet.image.caBundle=${standIn.ca()}".toString(), '-Dclaude-fleet.workspace.root=workspaces',
               "-Dclaude-fleet.extraHosts=${standIn.hosts()}".toString()] as String[]
    def environment = [KUBECONFIG: cluster.kubeconfig(ThrowawayKubernetes.DEVELOPER).toString(), FLEET_TOKEN: secret]
    return project.startMavenWith(environment, all)
}
def maven = { String... arguments -> start(arguments).await() }
def leftovers = {
    cluster.kubectl('get', 'jobs,pods,secrets', '--namespace=team', '--selector=io.github.claudefleet.fleet', '--output=name')
}
def pod = { String name ->
    cluster.kubectl('get', 'pods', '--namespace=team', "--selector=io.github.claudefleet.agent=$name".toString(), '--output=name')
}
def exec = { String name, String script ->
    cluster.kubectl('exec', '--namespace=team', pod(name), '--container=main', '--', 'sh', '-c', script)
}
def await = { String what, Closure<Boolean> condition ->
    def end = System.nanoTime() + 300_000_000_000
    while (!condition()) {
        assert System.nanoTime() < end : "waited in vain until $what"
        sleep 500
    }
}

try {
    scripts([
            [match: /^Write$/, turns: [
                    bash('cat App.java; echo "// written" >>App.java; git commit -qam "Written there"; printf "\\\\000\\\\377\\\\r\\\\n" >raw.bin; git status --short'),
                    [text: 'written']]],
            [match: /^Read claude-fleet\/kubernetes\/writer \(\S+\.patch\)/, turns: [
                    bash('git log --format=log:%s HEAD..claude-fleet/kubernetes/writer; echo "$(git show claude-fleet/kubernetes/writer:App.java | tail -1) and read" >read.txt'),
                    [text: 'read']]],
            [match: /^Follow$/, turns: [bash('tail -1 App.java; echo "// followed" >>App.java; git commit -qam "Followed there"'), [text: 'followed']]],
            [match: /^Copy$/, turns: [bash('cp App.java copied.txt'), [text: 'copied']]],
    ])
    cluster.load(project.bundledImage())
    cluster.createNamespace('team')

    maven('claude-fleet:doctor').failed().says('you may not create pods in namespace team, get pods in namespace team')
    maven('claude-fleet:start').failedPlainly().says('cannot list resource "pods"').says('grant you that right in the namespace team')

    cluster.kubectl('apply', '--namespace=team', '--filename=' + new File(basedir, '../../../../docs/kubernetes-role.yaml').canonicalPath)
    cluster.kubectl('create', 'rolebinding', 'claude-fleet', '--namespace=team', '--role=claude-fleet', '--user=developer')
    await('the rights are there', { cluster.kubectlAs('developer', 'auth', 'can-i', 'create', 'pods', '--namespace=team') == 'yes' })
    maven('claude-fleet:doctor').succeeded().says('rights: all 21 that a fleet needs')

    // A build's fleet, from its start to the verdict.
    def run = maven('verify')
    run.succeeded().says('5 agents ready')
    def tasks = new JsonSlurper().parse(new File(basedir, 'target/claude-fleet/fleet.json')).tasks
    assert tasks*.outcome == ['done'] * 4 : tasks*.reason
    assert leftovers() == ''
    assert git('log', '--format=%s', '-2', branch('writer')).readLines() == ['Work of agent writer', 'Written there']
    assert git('show', branch('writer') + ':App.java').readLines() == ['class App {}', '// not committed', '// written']
    assert git('show', branch('reader') + ':read.txt') == '// written and read'
    assert git('show', branch('follower') + ':App.java').endsWith('// written\n// followed')
    assert new File(basedir, 'target/claude-fleet/copier/changes.patch').text.contains('copied.txt')
    assert git('fsck', '--strict', '--no-dangling') == ''

    // A detached one, by a Maven for each goal.
    maven('claude-fleet:start', '-Dclaude-fleet.lifetime=detached').succeeded().says('5 agents ready')
    maven('claude-fleet:start', '-Dclaude-fleet.lifetime=detached').succeeded().says('nothing had to be changed')
    maven('claude-fleet:status').succeeded().says('writer').says('ready')
    maven('claude-fleet:await').succeeded()
    maven('claude-fleet:logs', '-Dclaude-fleet.agent=writer').succeeded().says('claude-fleet: agent writer ready')
    maven('claude-fleet:doctor').succeeded().says('a real request was answered')
    exec('writer', 'cd /workspace && echo late >late.txt')
    maven('claude-fleet:diff', '-Dclaude-fleet.agent=writer').succeeded().says('late.txt')
    exec('writer', 'cd /workspace && echo later >later.txt')
    maven('claude-fleet:stop').succeeded().says('Agent writer changed')
    assert leftovers() == ''
    def all = git('for-each-ref', '--format=%(refname:short)', 'refs/heads/' + branch('writer') + '*').readLines()
    assert all.any { git('ls-tree', '--name-only', it).readLines().containsAll(['late.txt', 'later.txt']) } : all

    // A pod that is gone takes the rest of its work with it: that is said, and keeps nothing from being removed.
    maven('claude-fleet:start', '-Dclaude-fleet.lifetime=detached').succeeded()
    cluster.kubectl('delete', '--namespace=team', pod('writer'), '--grace-period=1')
    maven('claude-fleet:stop').says('the workspace of agent writer is lost since it was fetched last')
    assert leftovers() == ''

    // The watchdog of a killed build fetches before it removes.
    scripts([[match: /^Write$/, turns: [bash('echo unfinished >unfinished.txt; sleep 600'), [text: 'written']]]])
    def build = start('claude-fleet:run', '-Dclaude-fleet.lifetime=build')
    await('the agent has written', {
        try {
            exec('writer', 'test -f /workspace/unfinished.txt && echo yes') == 'yes'
        } catch (AssertionError ignored) {
            false
        }
    })
    build.signal('KILL')
    build.await()
    await('all is gone', { leftovers() == '' })
    maven('claude-fleet:diff', '-Dclaude-fleet.agent=writer').succeeded().says('unfinished.txt')

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
