import groovy.json.JsonSlurper
import io.github.claudefleet.it.ItProject

ItProject.of(basedir, mavenHome, settings, localRepositoryPath).withCloseable { project ->
    def results = new File(basedir, 'target/claude-fleet')
    try {
        def tasks = new JsonSlurper().parse(new File(results, 'fleet.json')).tasks.collectEntries { [it.task, it] }
        assert tasks.collectEntries { name, task -> [name, task.outcome] } == [fixer: 'done', stubborn: 'check failed']
        def fixer = tasks.fixer
        assert fixer.answer == 'fixed at last' && fixer.attempts == 3
        assert fixer.check.rounds*.round == [1, 2, 3] && fixer.check.rounds*.exitCode == [1, 1, 0]
        assert fixer.check.rounds[0].output.startsWith('bad ') && fixer.check.rounds[1].output == 'better'
        assert (fixer.check.rounds*.costUsd.sum() - fixer.costUsd).abs() < 0.000001 : 'the cost is that of all rounds'
        assert fixer.steps*.tool == ['Bash'] * 3
        assert tasks.stubborn.check.rounds*.exitCode == [3, 3]
        assert tasks.stubborn.reason == 'the check ended with status 3: nothing here'

        def events = new File(results, 'fixer/events.jsonl').readLines().findAll { it.startsWith('{') }
                .collect { new JsonSlurper().parseText(it) }
        assert events.findAll { it.subtype == 'begin' }*.round == [1, 2, 3]
        assert events.findAll { it.subtype == 'init' }*.session_id.toSet().size() == 1 : 'all rounds are one session'

        def sent = project.standIn().requests('check-rounds')*.note().findAll { it.startsWith('turn 0: ') }
        sent = sent.drop(sent.lastIndexOf('turn 0: Say yes') + 1)
        assert sent.count { it.startsWith('turn 0: The check of your work failed') } == 3
        assert project.buildLog().contains('Task fixer goes back to its agent, round 2 of 3: the check ended with status 1')
        assert !project.buildLog().contains('aninventedsecret')
        results.eachFileRecurse { if (it.file) assert !it.text.contains('aninventedsecret') : it }
        assert new File(results, 'summary.md').text.contains('| ok in round 3 |')
        def page = new File(results, 'report.html').text
        assert page.contains('Round 3') && page.contains('class="round"')
    } finally {
        project.cleanUp()
    }
}
return true
