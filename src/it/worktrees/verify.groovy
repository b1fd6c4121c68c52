import groovy.json.JsonSlurper
import io.github.claudefleet.it.GitRepository
import io.github.claudefleet.it.ItProject

ItProject.of(basedir, mavenHome, settings, localRepositoryPath).withCloseable { project ->
    def proof = new File('/tmp/claude-fleet-it-ran')
    def git = GitRepository.at(basedir)
    try {
        def tasks = new JsonSlurper().parse(new File(basedir, 'target/claude-fleet/fleet.json')).tasks
        assert tasks*.outcome == ['done'] * 5 : tasks*.reason
        assert project.leftovers() == []

        def fixers = (1..3).collect { 'claude-fleet/worktrees/fixer-' + it }
        assert git('log', '--all', '--format=%s').readLines().count('Change the app') == 3 : 'nobody overwrote anybody'
        assert git('log', '--all', '--format=%an', '--grep=Change the app').readLines().every { it =~ /^Agent fixer-\d$/ }
        assert git('log', '--all', '--format=%(trailers)', '--grep=Change the app').readLines().findAll().every { it =~ /^Claude-Fleet: worktrees\/fixer-\d$/ }
        def busy = fixers.findAll { git('branch', '--list', it) != '' }
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
        assert git('worktree', 'list').readLines().size() == 1 : 'the repository knows no tree but its own'
        new File(basedir, 'workspaces').eachDirRecurse { if (it.name == 'tree') ['git', '-C', it.path, 'status'].execute().waitFor() }
        assert !proof.exists() : 'nothing of an agent\'s runs on this machine'
        assert !new File(basedir, 'mine').exists()

        def goal = { String name, String... more -> project.maven('-B', 'claude-fleet:' + name, '-Dclaude-fleet.workspace.root=workspaces', *more) }
        git('config', 'user.name', 'Pat')
        git('config', 'user.email', 'pat@example.org')
        goal('diff').succeeded().says('Agent rogue changed ').says('App.java').says('.mvn/jvm.config')
        def first = '-Dclaude-fleet.agent=' + busy[0].split('/')[2]
        goal('apply', first).succeeded().says('Merged the changes of agent ' + busy[0].split('/')[2])
        assert git('merge-base', '--is-ancestor', busy[0], 'main') == '' && new File(basedir, 'App.java').text.contains('int a')
        if (busy.size() > 1) {
            def head = git('rev-parse', 'HEAD')
            goal('apply', '-Dclaude-fleet.agent=' + busy[1].split('/')[2]).failedPlainly()
                    .says(busy[1] + ' conflicts with what is checked out, in App.java').says('git merge ' + busy[1])
            assert git('rev-parse', 'HEAD') == head && git('status', '--porcelain', '--untracked-files=no') == ''
        }
        goal('apply', '-Dclaude-fleet.agent=nobody').failedPlainly().says('"nobody" has no workspace of its own')
        new File(basedir, 'App.java').append('// mine')
        goal('apply', '-Dclaude-fleet.agent=rogue').failedPlainly().says('not committed').says('App.java')
        git('checkout', 'App.java')
        goal('clean', first).succeeded().says('Removed the workspace')
        goal('clean', '-Dclaude-fleet.agent=rogue').succeeded().says('Kept unmerged work of agent rogue: claude-fleet/worktrees/rogue')
        goal('clean', '-Dclaude-fleet.agent=rogue', '-Dclaude-fleet.discard').succeeded().says('Removed the workspace of agent rogue')
        assert git('branch', '--list', 'claude-fleet/*').readLines()*.trim().every { !it.contains('rogue') && !it.endsWith(busy[0]) }

        goal('start').succeeded()
        goal('clean').failedPlainly().says('whose workspaces are in use')
        assert git('branch', '--list', 'claude-fleet/worktrees/fixer-*').readLines()*.trim().containsAll(busy.drop(1)) : 'what was done before and is not merged stays'
        goal('start').succeeded().says('nothing had to be changed')

        // What nobody awaited comes home by stop, which leaves no workspace in which nothing was done.
        def tree = { String agent -> new File(basedir, 'workspaces').listFiles()[0].toPath().resolve(agent + '/tree').toFile() }
        assert tree('rogue').isDirectory()
        new File(tree('fixer-1'), 'late.txt').text = 'late'
        def late = busy.drop(1).contains(fixers[0]) ? fixers[0] + '@1' : fixers[0]
        goal('stop').succeeded().says('Agent fixer-1 changed 1 file: branch ' + late + ' (1 commit)')
        assert git('show', late + ':late.txt') == 'late'
        assert tree('fixer-1').isDirectory() && !tree('fixer-2').exists()
    } finally {
        project.cleanUp()
        proof.delete()
    }
}
return true
