import groovy.json.JsonSlurper
import io.github.claudefleet.it.ItProject

ItProject.of(basedir, mavenHome, settings, localRepositoryPath).withCloseable { project ->
    def results = new File(basedir, 'target/claude-fleet')
    try {
        assert project.leftovers() == [] : 'stop had its turn'
        def tasks = new JsonSlurper().parse(new File(results, 'fleet.json')).tasks
        assert tasks*.task == ['fixer/01', 'fixer/02', 'fixer/03', 'reviewer']
        assert tasks*.outcome == ['done'] * 4
        assert tasks.take(3)*.check*.exitCode == [0] * 3
        assert new File(basedir, 'fixed.txt').readLines() == ['fixed'] * 3
        assert tasks[3].began >= tasks.take(3)*.ended.max() : 'who depends on others begins when they are done'
        assert tasks[3].structuredAnswer == [bugs: 0]
        assert new File(results, 'reviewer/answer.json').text.trim() == '{"bugs":0}'
        assert new File(results, 'summary.md').text.startsWith('## Fleet tasks-around-a-build: 4 of 4 tasks done')
        assert project.buildLog().contains('Fleet tasks-around-a-build verified')

        project.maven('-B', 'claude-fleet:verify', '-Dclaude-fleet.maxFailed=-1').failed().says('maxFailed')
        project.maven('-B', 'claude-fleet:verify', '-Dclaude-fleet.failOn=flaky').failed()
                .says('failOn "flaky" is no outcome that a build can fail on. Use some of: failed, check failed')
        project.maven('-B', 'claude-fleet:verify', '-Dclaude-fleet.resultsDirectory=elsewhere').failed()
                .says('elsewhere/fleet.json is not there. Run claude-fleet:await first, which writes it.')
    } finally {
        project.cleanUp()
    }
}
return true
