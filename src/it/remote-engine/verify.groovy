import groovy.json.JsonOutput
import groovy.json.JsonSlurper
import io.github.claudefleet.it.GitRepository
import io.github.claudefleet.it.ItProject
import io.github.claudefleet.it.LoopbackStandIn
import io.github.claudefleet.it.ThrowawayEngine
import java.time.Duration

def shared = ItProject.of(basedir, mavenHome, settings, localRepositoryPath)
def standIn = LoopbackStandIn.start(new File(basedir, 'target/tls').toPath())
def engine = ThrowawayEngine.onAnotherMachine([basedir.toPath()])
def project = shared.on(engine, standIn)
def git = GitRepository.at(basedir)
def goal = { String name, String... more -> project.maven('-B', 'claude-fleet:' + name, '-Dclaude-fleet.workspace.root=workspaces', *more) }
def bash = { String command -> [tool: 'Bash', input: [command: command]] }

try {
    new File(basedir, 'token').text = 'sk-ant-oat01-standin.remote.setup'
    project.standIn().scripts('*', JsonOutput.toJson([
            [match: /^Write$/, turns: [
                    bash('cat App.java; od -An -tx1 untracked.bin; echo "// written" >>App.java; git commit -qam "Written there"; printf "\\\\000\\\\377\\\\r\\\\n" >raw.bin; git status --short'),
                    [text: 'written']]],
            [match: /^Read claude-fleet\/remote-engine\/writer \(\/claude-fleet\/kit\/patches\/writer-\w+\.patch\)/, turns: [
                    bash('git log --format=log:%s HEAD..claude-fleet/remote-engine/writer; cat /claude-fleet/kit/patches/writer-*.patch | grep -c written; echo "$(git show claude-fleet/remote-engine/writer:App.java | tail -1) and read" >read.txt'),
                    [text: 'read']]],
            [match: /^Follow$/, turns: [bash('tail -1 App.java; echo "// followed" >>App.java; git commit -qam "Followed there"'), [text: 'followed']]],
            [match: /^Copy$/, turns: [bash('ls -A; cp App.java copied.txt'), [text: 'copied']]],
    ]))

    // What has to be mounted is refused before anything is created.
    new File(basedir, 'rules').mkdirs()
    new File(basedir, 'rules/CLAUDE.md').text = 'Be brief.'
    goal('start', '-Dclaude-fleet.claudeDirectory=rules').failedPlainly()
            .says("claudeDirectory needs access to this machine's directories, which the engine at tcp://")
    assert project.leftovers() == []

    def run = goal('run')
    run.succeeded()
    def tasks = new JsonSlurper().parse(new File(basedir, 'target/claude-fleet/fleet.json')).tasks
    assert tasks*.outcome == ['done'] * 4 : tasks*.reason
    assert project.leftovers() == []

    def branch = { 'claude-fleet/remote-engine/' + it }
    assert git('log', '--format=%s', '-2', branch('writer')).readLines() == ['Work of agent writer', 'Written there']
    assert git('show', branch('writer') + ':App.java').readLines() == ['class App {}', '// not committed', '// written']
    assert git('rev-parse', branch('writer') + ':untracked.bin') == git('hash-object', '--no-filters', 'untracked.bin')
    assert git('rev-parse', branch('writer') + ':raw.bin') == ['sh', '-c', "printf '\\000\\377\\r\\n' | git -C '${basedir}' hash-object --stdin"].execute().text.trim()
    assert git('show', branch('reader') + ':read.txt') == '// written and read'
    assert git('log', '--format=%s', branch('follower')).contains('Followed there') && git('log', '--format=%s', branch('follower')).contains('Written there')
    assert git('show', branch('follower') + ':App.java').endsWith('// written\n// followed')
    assert new File(basedir, 'target/claude-fleet/copier/changes.patch').text.contains('copied.txt')
    assert git('fsck', '--strict', '--no-dangling') == ''

    // While the fleet is up, diff and apply fetch; stop fetches what nobody awaited.
    project.standIn().scripts('*', JsonOutput.toJson([
            [match: /^Write$/, turns: [bash('echo unfinished >unfinished.txt; sleep 600'), [text: 'written']]],
    ]))
    goal('start').succeeded().says('4 agents ready')
    def exec = { String name, String script -> project.exec(project.agent(name), 'sh', '-c', script) }
    assert exec('writer', 'cd /workspace && echo late >late.txt').succeeded()
    goal('diff', '-Dclaude-fleet.agent=writer').succeeded().says('late.txt')
    assert exec('writer', 'cd /workspace && echo later >later.txt').succeeded()
    goal('stop').succeeded().says('Agent writer changed')
    assert project.leftovers() == []
    def latest = git('for-each-ref', '--sort=-committerdate', '--format=%(refname:short)', 'refs/heads/' + branch('writer') + '*').readLines()
    assert latest.any { git('ls-tree', '--name-only', it).readLines().containsAll(['late.txt', 'later.txt']) } : latest

    // The watchdog of a killed build fetches before it removes.
    def build = project.startMaven('-B', 'claude-fleet:run', '-Dclaude-fleet.lifetime=build', '-Dclaude-fleet.workspace.root=workspaces')
    def end = System.nanoTime() + 300_000_000_000
    while (!project.running().any { it.name().endsWith('-writer') } || !exec('writer', 'test -f /workspace/unfinished.txt').succeeded()) {
        assert System.nanoTime() < end : build.output()
        sleep 500
    }
    build.signal('KILL')
    build.await()
    project.goneWithin(Duration.ofMinutes(3))
    goal('diff', '-Dclaude-fleet.agent=writer').succeeded().says('unfinished.txt')
} finally {
    engine.close()
    standIn.close()
    project.close()
    shared.close()
}
return true
