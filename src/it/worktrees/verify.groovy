import groovy.json.JsonSlurper
import io.github.claudefleet.it.ItProject

ItProject.of(basedir, mavenHome, settings, localRepositoryPath).withCloseable { project ->
    def proof = new File('/tmp/claude-fleet-it-ran')
    def gitIn = { File where, String... words ->
        def run = ['git', '-c', 'safe.directory=*', '-C', where.path, *words].execute()
        def out = new StringBuffer(), err = new StringBuffer()
        run.waitForProcessOutput(out, err)
        assert run.exitValue() == 0 : words + err
        out.toString().trim()
    }
    def git = gitIn.curry(basedir)
    try {
        def tasks = new JsonSlurper().parse(new File(basedir, 'target/claude-fleet/fleet.json')).tasks
        assert tasks*.outcome == ['done'] * 5 : tasks*.reason
        assert project.leftovers() == []

        def fixers = (1..3).collect { 'claude-fleet/worktrees/fixer-' + it }
        assert git('log', '--all', '--format=%s').readLines().count('Change the app') == 3 : 'nobody overwrote anybody'
        assert git('log', '--all', '--format=%an', '--grep=Change the app').readLines().every { it =~ /^Agent fixer-\d$/ }
        def busy = fixers.findAll { git('rev-list', '--count', 'main..' + it) != '0' }
        assert busy.every { git('ls-tree', '--name-only', it) =~ /(?m)^left-/ } : 'what was not committed came home, too'
        assert busy.every { git('log', '-1', '--format=%(trailers)', it) =~ /Claude-Fleet: worktrees\/fixer-/ }
        assert new File(basedir, 'App.java').text == 'class App {}\n' && git('rev-parse', '--abbrev-ref', 'HEAD') == 'main'
        assert git('status', '--porcelain', '--untracked-files=no') == '' && git('fsck', '--strict', '--no-dangling') == ''
        busy.each { branch ->
            def patch = new File(basedir, "target/claude-fleet/${branch.split('/')[2]}/changes.patch")
            git('apply', '--check', patch.path)
        }

        def log = project.buildLog()
        assert log.contains('Changes of agent rogue: look at .mvn/jvm.config before you use it')
        assert log.contains('Changes of agent rogue: out is a link that leads out of the repository: /etc/passwd')
        def trees = git('worktree', 'list', '--porcelain').readLines().findAll { it.startsWith('worktree ') }.collect { new File(it.substring(9)) }
        assert trees.size() == 5
        trees.each { gitIn(it, 'status') }
        assert !proof.exists() : 'nothing of an agent\'s runs on this machine'
        assert !new File(basedir, 'mine').exists()

        project.maven('-B', 'claude-fleet:start', '-Dclaude-fleet.workspace.root=workspaces').succeeded()
        assert git('branch', '--list', 'claude-fleet/worktrees/fixer-*@1').readLines().size() == busy.size() : 'what was done before stays'
        def status = project.maven('-B', 'claude-fleet:start', '-Dclaude-fleet.workspace.root=workspaces').succeeded()
        status.says('nothing had to be changed')
    } finally {
        project.cleanUp()
        proof.delete()
    }
}
return true
