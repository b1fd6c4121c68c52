import groovy.json.JsonSlurper
import io.github.claudefleet.it.GitRepository
import io.github.claudefleet.it.ItProject

ItProject.of(basedir, mavenHome, settings, localRepositoryPath).withCloseable { project ->
    def git = GitRepository.at(basedir)
    def results = new File(basedir, 'target/claude-fleet')
    try {
        def tasks = new JsonSlurper().parse(new File(results, 'fleet.json')).tasks.collectEntries { [it.task, it] }
        assert tasks.collectEntries { name, task -> [name, task.outcome] } == [
                one: 'done', two: 'done', strict: 'merge conflict', merger: 'done',
                broken: 'check failed', skipper: 'not started', reporter: 'done'] : tasks*.value*.reason

        assert tasks.strict.reason == 'what it starts from conflicts in app.txt'
        assert tasks.strict.attempts == 0 && tasks.strict.costUsd == 0 : 'a conflict is found before anything is asked'
        assert tasks.merger.answer == 'resolved' : 'it is told of the conflict'
        def printed = new File(results, 'merger/events.jsonl').text
        assert ['<<<<<<< ', '>>>>>>> '].every { printed.contains(it) } : 'the files have git\'s markers'
        assert git('show', 'claude-fleet/pipeline-conflict/merger:app.txt') == 'one\ntwo'
        assert git('show', 'claude-fleet/pipeline-conflict/merger:two.txt') == 'two'
        ['one', 'two'].each { git('merge-base', '--is-ancestor', 'claude-fleet/pipeline-conflict/' + it, 'claude-fleet/pipeline-conflict/merger') }
        assert git('branch', '--list', 'claude-fleet/*/strict') == ''

        assert tasks.skipper.reason == 'it depends on broken, which was not done'
        assert tasks.reporter.answer == 'reported' : 'it is told the outcome, and the answer as data'
        project.buildLog().with {
            assert it.contains('Task strict: merge conflict: what it starts from conflicts in app.txt')
            assert it.contains('Fleet pipeline-conflict: 3 of 7 tasks failed.')
        }
        assert git('fsck', '--strict', '--no-dangling') == ''
        assert project.leftovers() == []
    } finally {
        project.cleanUp()
    }
}
return true
