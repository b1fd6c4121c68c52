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
    } finally {
        project.cleanUp()
    }
}
return true
