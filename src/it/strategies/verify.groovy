import groovy.json.JsonSlurper
import io.github.claudefleet.it.GitRepository
import io.github.claudefleet.it.ItProject

ItProject.of(basedir, mavenHome, settings, localRepositoryPath).withCloseable { project ->
    def git = GitRepository.at(basedir)
    def results = new File(basedir, 'target/claude-fleet')
    def fresh = new File(basedir, 'target/fresh')
    try {
        assert new JsonSlurper().parse(new File(results, 'fleet.json')).tasks*.outcome.unique() == ['done']
        assert project.leftovers() == []
        def changes = new JsonSlurper().parse(new File(results, 'changes.json')).agents.collectEntries { [it.agent, it] }
        assert changes.keySet() == ((1..4).collect { "linked-$it" } + (1..4).collect { "cloned-$it" } + (1..4).collect { "copied-$it" } + ['plain'])*.toString() as Set

        // One is merged, the second conflicts, the others are not tried; all branches are whole.
        assert (1..4).collect { changes["linked-$it".toString()].outcome } == ['merged', 'refused', 'refused', 'refused']
        assert changes['linked-2'].reason =~ /conflicts with what is checked out, in App.java/
        assert git('log', '-1', '--format=%s', 'main') == 'Merge claude-fleet/strategies/linked-1'
        def log = project.buildLog()
        assert log.contains('what agent linked-2 changed was not merged') && log.contains('Changes of agent linked-3 are not integrated')
        assert new File(basedir, 'App.java').text == git('show', 'claude-fleet/strategies/linked-1:App.java') + '\n'
        assert git('status', '--porcelain') == '?? notes.txt' && git('fsck', '--strict', '--no-dangling') == ''

        def contents = changes.values().findAll { it.branch }.collect { change ->
            assert git('log', '--format=%s', "${change.base}..${change.branch}") == "Work of agent ${change.agent}\nChange the app"
            assert git('diff', '--name-status', change.base, change.branch).readLines()*.split('\t', 2)*.first() == ['M', 'A', 'D']
            def author = change.agent.startsWith('linked') ? 'Bot' : "Agent ${change.agent}"
            assert git('log', '--format=%an%n%(trailers:key=Claude-Fleet,valueonly,separator=)', "${change.base}..${change.branch}").readLines() as Set == [author, "strategies/${change.agent}"]*.toString() as Set
            git('show', "${change.branch}:App.java")
        }
        assert contents.unique().size() == 8 : 'nobody overwrote anybody'

        def strangers = ['find', new File(basedir, '.git').path, results.path, '-user', '1000'].execute()
        assert strangers.text == '' : 'what comes home is the person\'s'

        // A patch of each is all that it did.
        git('clone', '--quiet', basedir.path, fresh.path)
        changes.values().findAll { it.agent != 'plain' }.each { change ->
            GitRepository.at(fresh).call('checkout', '--quiet', '--force', change.base)
            GitRepository.at(fresh).call('clean', '-fdxq')
            GitRepository.at(fresh).call('apply', new File(results, "${change.agent}/changes.patch").path)
            assert new File(fresh, 'left "ä".txt').text == 'left\n' && !new File(fresh, 'quoted "ä".txt').exists()
            assert new File(fresh, 'notes.txt').exists() == !change.agent.startsWith('linked')
        }
        assert log =~ /WARNING. \S+ is in no git repository: each agent gets a copy/
        assert log =~ /Workspace of agent linked-1: worktree at [0-9a-f]{12} \(main\) without what is not committed/
        assert log =~ /Workspace of agent cloned-1: clone at [0-9a-f]{12} \(main\) with what is not committed/
        assert new File('/tmp/claude-fleet-it-plain').list() as List == ['App.java']
        assert new File('/tmp/claude-fleet-it-plain/App.java').text.contains('int a')

        // In the directory itself: commits, and nothing that would run here.
        def shared = new File(basedir, 'shared')
        assert GitRepository.at(shared).call('log', '-1', '--format=%s') == 'Commit as well'
        assert !new File(shared, '.git/config').text.contains('evil') && !new File(shared, '.git/config').text.contains('x\n')
        assert !new File(shared, '.git/hooks/post-commit').exists() && new File(shared, '.git/HEAD').exists()
        def traps = log.readLines().findAll { it.contains('Changed while agents could write it') }
        assert traps.size() == 2 && traps.any { it.contains('shared/.mvn/jvm.config') } && traps.any { it.contains('shared/nested/.git/config') }

        // A copy is taken as a patch, and a plain directory as well; once.
        git('reset', '--hard', '--quiet', 'HEAD~1')
        def goal = { String name, String... more -> project.maven('-B', 'claude-fleet:' + name, *more) }
        goal('apply', '-Dclaude-fleet.agent=copied-2').succeeded().says('Merged the changes of agent copied-2')
        assert new File(basedir, 'left "ä".txt').exists() && git('log', '-1', '--format=%s') == 'First'
        goal('apply', '-Dclaude-fleet.agent=copied-2').succeeded().says('has no unmerged changes')
        goal('apply', '-Dclaude-fleet.agent=copied-3').failedPlainly().says('was not merged').says('App.java')
        goal('clean', '-Dclaude-fleet.agent=copied-2').succeeded().says('Removed the workspace of agent copied-2')
        goal('clean', '-Dclaude-fleet.agent=copied-3').succeeded().says('Kept unmerged work of agent copied-3')
        goal('start', '-Dclaude-fleet.dryRun').succeeded().says('Workspace of agent copied-1: copy at')
    } finally {
        project.cleanUp()
        fresh.deleteDir()
        new File(basedir.parentFile, '.workspaces').listFiles()?.findAll { it.name.startsWith('strategies-') }?.each { it.deleteDir() }
        new File(basedir.parentFile, '.strategies-plain').delete()
        new File('/tmp/claude-fleet-it-plain').deleteDir()
    }
}
return true
