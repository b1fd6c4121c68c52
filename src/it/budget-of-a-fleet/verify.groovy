import groovy.json.JsonSlurper
import io.github.claudefleet.it.ItProject

ItProject.of(basedir, mavenHome, settings, localRepositoryPath).withCloseable { project ->
    try {
        def fleet = new JsonSlurper().parse(new File(basedir, 'target/claude-fleet/fleet.json'))
        println "maxCost ${fleet.maxCostUsd}, cost ${fleet.costUsd}: " + fleet.tasks.collect { [it.outcome, it.costUsd] }
        assert fleet.tasks*.outcome == ['done', 'over budget', 'over budget', 'over budget', 'not started']
        assert fleet.tasks[4].reason == "the fleet's maxCost of \$1.00 was reached"
        // Each run is held to what was left when it began, and to the turn that it is in: two to all of it, one to what the first task left.
        assert fleet.costUsd > 1 && fleet.costUsd < 3.75
        assert project.buildLog().contains('4 of 5 tasks failed')
        assert project.leftovers() == []

        // The next fleet of the day finds what this one has spent, and begins nothing once that is too much.
        def ledger = new File(basedir, 'costs').listFiles().find { it.name.endsWith('.costs') }
        assert (ledger.readLines()*.split(' ').sum { it[1] as BigDecimal }) == fleet.costUsd
        assert ledger.readLines().size() >= fleet.tasks.count { it.costUsd > 0 } && project.buildLog().contains("have cost \$0.00 of \$20.00 (maxCostPerDay) today")
        def next = project.maven('-B', 'claude-fleet:run', '-DperDay=0.50').failed()
        next.says("of \$0.50 (maxCostPerDay) today").says("the project's maxCostPerDay of \$0.50 was reached")
        def later = new JsonSlurper().parse(new File(basedir, 'target/claude-fleet/fleet.json'))
        assert later.tasks*.outcome == ['not started'] * 5 && later.costUsd == 0
        assert project.leftovers() == []
    } finally {
        project.cleanUp()
    }
}
return true
