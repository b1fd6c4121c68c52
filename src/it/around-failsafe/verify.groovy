import groovy.xml.XmlSlurper
import io.github.claudefleet.it.ItProject

ItProject.of(basedir, mavenHome, settings, localRepositoryPath).withCloseable { project ->
    try {
        assert project.leftovers() == []
        def summary = new XmlSlurper().parse(new File(basedir, 'target/failsafe-reports/failsafe-summary.xml'))
        assert summary.completed == 1 && summary.failures == 0 && summary.errors == 0 && summary.skipped == 0
        assert project.buildLog().contains('Fleet around-failsafe: 2 agents ready')
    } finally {
        project.cleanUp()
    }
}
return true
