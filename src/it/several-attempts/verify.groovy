import groovy.json.JsonSlurper
import io.github.claudefleet.it.GitRepository
import io.github.claudefleet.it.ItProject

ItProject.of(basedir, mavenHome, settings, localRepositoryPath).withCloseable { project ->
    def results = new File(basedir, 'target/claude-fleet')
    def git = GitRepository.at(basedir)
    try {
        def tasks = new JsonSlurper().parse(new File(results, 'fleet.json')).tasks.collectEntries { [it.task, it] }
        def done = ['fixer-2', 'sprinter-2', 'writer-2', 'reviewer']
        assert tasks.findAll { it.value.outcome == 'done' }.keySet() == done as Set
        assert (tasks.keySet() - done).every { tasks[it].outcome == 'not chosen' }
        assert tasks['fixer-1'].reason.startsWith('fixer-2 was chosen; its own outcome was check failed')
        assert tasks['fixer-3'].reason == 'fixer-2 was chosen, which changes 2 lines; this one changes 3'
        assert tasks['sprinter-1'].reason == 'sprinter-2 was chosen'
        assert tasks['writer-1'].reason == 'writer-2 was chosen'
        assert new File(results, 'summary.md').text.startsWith('## Fleet several-attempts: 4 of 4 tasks done')

        // Only the chosen ones come home; the others are kept by name.
        assert new File(basedir, 'fixed.txt').readLines() == ['1', '2']
        assert new File(basedir, 'quick.txt').text == '2\n'
        assert new File(basedir, 'notes.txt').text == 'by 2\n'
        def changes = new JsonSlurper().parse(new File(results, 'changes.json')).agents.collectEntries { [it.agent, it] }
        assert ['fixer-2', 'sprinter-2', 'writer-2'].every { changes[it].outcome == 'merged' }
        assert ['fixer-1', 'fixer-3', 'writer-1'].every { changes[it].outcome == 'branch' }
        assert git('show', 'claude-fleet/several-attempts/fixer-3:fixed.txt').readLines() == ['1', '2', '3']

        // The judge got both patches, by name.
        def prompt = project.standIn().requests('several-attempts')*.note().find { it.startsWith('turn 0: Compare these patches') }
        assert prompt =~ /writer-1: \/claude-fleet\/kit\/patches\/writer-1-\w+\.patch, writer-2: \/claude-fleet\/kit\/patches\/writer-2-/

        project.maven('-B', 'claude-fleet:apply', '-Dclaude-fleet.agent=fixer-3').failed()
                .says('The work of agent fixer-3 is one of several attempts, and is not known to be chosen.')
        project.maven('-B', 'claude-fleet:apply').succeeded()
        assert new File(basedir, 'fixed.txt').readLines() == ['1', '2']
    } finally {
        project.cleanUp()
    }
}
return true
