import groovy.json.JsonSlurper
import io.github.claudefleet.it.ItProject

ItProject.of(basedir, mavenHome, settings, localRepositoryPath).withCloseable { project ->
    def index = new File(basedir, 'target/claude-fleet/fleet.json')
    def begun = { project.standIn().requests('tasks-survive-a-killed-build').findAll { it.note() =~ /turn 0: Note task/ }*.note() }
    try {
        def first = project.startMaven('-B', 'claude-fleet:await')
        assert (1..1200).find { sleep 100; begun().size() >= 12 }
        first.signal('KILL')
        first.await()
        assert begun().size() < 40 : 'killed half-way'

        def drawn = '\u001b[?7l'
        project.startMavenAtTerminal('claude-fleet:await').await().succeeded().says('40 of 40 tasks done')
                .says(drawn).says(' of 40 tasks finished, ').says('Agent noter-1, task ')
        def tasks = new JsonSlurper().parse(index).tasks
        assert tasks.size() == 40 && tasks*.outcome.unique() == ['done'] && tasks*.attempts.unique() == [1]
        assert tasks*.agent.toSet() == (1..4).collect { 'noter-' + it } as Set : 'all four took part'
        assert begun().size() == 40 && begun().toSet().size() == 40 : 'each prompt was sent once'
        assert new File(basedir, 'noted.txt').readLines().size() == 40
        tasks.each { assert new File(basedir, "target/claude-fleet/${it.task}/events.jsonl").text.contains('"noted"') }

        project.maven('-B', 'claude-fleet:await').succeeded().says('40 of 40 tasks done').saysNot(drawn)
        project.startMavenAtTerminal('-q', 'claude-fleet:await').await().succeeded().saysNot('tasks').saysNot(drawn)
        assert begun().size() == 40 : 'nothing is done again'
        project.maven('-B', 'claude-fleet:stop', 'claude-fleet:verify').succeeded().says('verified')
        assert project.leftovers() == []
        project.maven('-B', 'claude-fleet:await').failed().says('has no agents on this engine to await. Run claude-fleet:start first')
        assert new JsonSlurper().parse(index).tasks.size() == 40 : 'the results of the fleet that is gone are still there'
    } finally {
        project.cleanUp()
    }
}
return true
