import groovy.json.JsonSlurper
import io.github.claudefleet.it.ItProject

ItProject.of(basedir, mavenHome, settings, localRepositoryPath).withCloseable { project ->
    def fleets = ['two-executions-review', 'two-executions-fix'].collect { project.asFleet(it) }
    try {
        fleets.each { assert it.leftovers() == [] : 'each stop had its turn' }
        def index = fleets.collectEntries { fleet ->
            [fleet.name(), new JsonSlurper().parse(new File(basedir, "target/claude-fleet/${fleet.name()}/fleet.json"))]
        }
        assert index.collect { name, results -> results.fleet == name && results.collected != null } == [true, true]
        assert index['two-executions-review'].tasks*.outcome == ['check failed']
        assert index['two-executions-fix'].tasks*.outcome == ['done']
        assert new File(basedir, 'fixed.txt').readLines() == ['fixed'] : 'the second start left the first its agents'
        project.buildLog().with {
            assert it.contains("Could not add the summary to the CI job's page")
            assert it.contains('Fleet two-executions-review: 1 of 1 tasks failed.')
        }
        def asked = { project.standIn().requests('two-executions').count { it.note().startsWith('turn 0: ') } }
        def paid = asked()

        project.maven('-B', 'claude-fleet:verify').failed().says('Fleet two-executions-review: 1 of 1 tasks failed.')
        project.maven('-B', 'claude-fleet:verify@fix').succeeded()
                .says('Fleet two-executions-fix: these results are of an earlier build, which ended')
                .says('Fleet two-executions-fix verified')
        project.maven('-B', 'verify', '-Dclaude-fleet.name=crew').failed()
                .says('name "crew" is the fleet of two executions, review and fix, whose configurations differ')
        project.maven('-B', 'claude-fleet:start@fix', '-Dclaude-fleet.resultsDirectory=pom.xml').failed()
                .says('pom.xml/two-executions-fix can\'t be written').says('not a directory')
        assert asked() == paid : 'what is refused costs nothing'
        fleets.each { assert it.leftovers() == [] }
    } finally {
        project.cleanUp()
        fleets.each { it.close() }
    }
}
return true
