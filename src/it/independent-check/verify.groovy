import groovy.json.JsonSlurper
import io.github.claudefleet.it.ItProject

ItProject.of(basedir, mavenHome, settings, localRepositoryPath).withCloseable { project ->
    def results = new File(basedir, 'target/claude-fleet')
    try {
        def tasks = new JsonSlurper().parse(new File(results, 'fleet.json')).tasks.collectEntries { [it.task, it] }
        assert tasks.collectEntries { name, task -> [name, task.outcome] } == [
                believed: 'done', checked: 'done', prepared: 'check failed', cheater: 'protected file changed'] : tasks*.value*.reason

        // What an agent prepared in its own container counts there, and nowhere else.
        assert tasks.believed.check.exitCode == 0 && tasks.believed.check.rounds*.exitCode == [0]
        assert tasks.checked.check.rounds*.exitCode == [1, 0] && tasks.checked.answer == 'now it passes'
        assert tasks.checked.check.rounds[0].output == 'app.txt is not good'
        assert tasks.prepared.reason == 'the check ended with status 1: app.txt is not good'
        assert tasks.cheater.reason == 'it changed src/test/AppTest.txt and 1 more, which agent.check.protect protects'
        assert tasks.cheater.attempts == 1 : 'a protected file ends the rounds'

        project.buildLog().with {
            assert it.contains('Task checked goes back to its agent, round 2 of 2: the check ended with status 1: app.txt is not good')
            assert it.contains('Task cheater: protected file changed: it changed src/test/AppTest.txt and 1 more')
            assert it.contains('Fleet independent-check: 2 of 4 tasks failed.')
        }
        assert new File(results, 'summary.md').text.contains('| ok in round 2 |')
        assert project.leftovers() == [] : 'the containers of the checks are gone, too'
        new File(basedir, 'workspaces').eachDirRecurse { assert it.name != 'check' || it.parentFile.name == 'tree' : 'the files of a check are removed' }
    } finally {
        project.cleanUp()
    }
}
return true
