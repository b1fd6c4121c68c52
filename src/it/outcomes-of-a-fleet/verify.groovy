import groovy.json.JsonSlurper
import io.github.claudefleet.it.ItProject

ItProject.of(basedir, mavenHome, settings, localRepositoryPath).withCloseable { project ->
    def results = new File(basedir, 'target/claude-fleet')
    try {
        assert project.leftovers() == [] : 'the fleet is gone, however its tasks ended'
        assert new File(basedir, 'made.txt').text == 'made'
        def fleet = new JsonSlurper().parse(new File(results, 'fleet.json'))
        def tasks = fleet.tasks.collectEntries { [it.task, it] }
        assert tasks.collectEntries { name, task -> [name, task.outcome] } == [
                maker: 'done', careless: 'check failed', talker: 'out of turns', spender: 'over budget',
                slow: 'timed out', silent: 'hung', killed: 'killed', unlucky: 'failed', dependent: 'not started',
                builder: 'done', delegator: 'done', server: 'unfinished', command: 'failed']
        def maker = tasks.maker
        assert maker.answer.startsWith('All is **made** 🎉 by ***') && maker.steps*.tool == ['Write', 'Bash']
        assert maker.steps[0].target.startsWith('/workspace/') && maker.steps[0].target.endsWith('made.txt')
        assert maker.check.command == 'grep -q made made.txt' && maker.check.exitCode == 0 && maker.check.rounds.size() == 1
        assert maker.session && maker.model && maker.cliVersion && maker.image.startsWith('sha256:') && maker.turns > 0
        assert tasks.spender.costUsd > 0.5 && fleet.costUsd >= tasks.spender.costUsd
        assert new File(basedir, 'built.txt').text == 'built\n' : 'a command that the CLI moved to the background came to its end'
        assert tasks.builder.answer == 'It is built' && tasks.builder.turns == 3 && tasks.builder.check.exitCode == 0
        assert new File(results, 'builder/events.jsonl').text.contains('was moved to the background')
        assert tasks.builder.costUsd == new JsonSlurper().parseText(
                new File(results, 'builder/events.jsonl').readLines().findAll { it.contains('"type":"result"') }.last()).total_cost_usd
        assert tasks.delegator.answer == 'All is well' && tasks.delegator.steps*.tool == ['Task', 'Bash']
        assert tasks.server.reason == '"the server" was still under way in the background 6s after its result'
        assert tasks.server.answer == 'It is up' && tasks.server.check.exitCode == 0
        assert tasks.command.reason.startsWith('the CLI asked nothing of the model') && tasks.command.turns == 0
        assert tasks.dependent.reason == 'it depends on careless, which was not done'
        assert tasks.slow.steps*.tool == ['Bash'] : 'what it had done so far is kept'
        assert new File(results, 'maker/answer.md').text.contains('🎉')
        assert new File(results, 'careless/stderr.log').text.contains('it does not')
        assert new File(results, 'maker/events.jsonl').readLines().first().contains('"begin"')
        results.eachFileRecurse { if (it.file) assert !it.text.contains('aninventedsecret') : it }
        def suite = new groovy.xml.XmlSlurper().parse(new File(results, 'junit/TEST-claude-fleet.careless.xml'))
        assert suite.@failures == '1' && suite.testcase.failure.@type == 'check failed'
        project.buildLog().with {
            assert it.contains('Agent maker began')
            assert it.contains('Task maker: done')
            assert it.contains('Agent slow is stopped: it took longer than 40s')
            assert it.contains('Fleet outcomes-of-a-fleet: 10 of 13 tasks failed.')
            assert it.contains('silent: hung: it said nothing for 8s')
        }
        def sent = { prompt -> project.standIn().requests('outcomes-of-a-fleet').count { it.note() == 'turn 0: ' + prompt } }
        assert sent('Make it') == 1
        assert sent('Be unlucky') == 2 && tasks.unlucky.attempts == 2 : 'what may pass is tried again, once as told'
        assert tasks.unlucky.reason.contains('529')
    } finally {
        project.cleanUp()
    }
}
return true
