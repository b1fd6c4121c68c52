import groovy.json.JsonSlurper
import io.github.claudefleet.it.ItProject

ItProject.of(basedir, mavenHome, settings, localRepositoryPath).withCloseable { project ->
    try {
        def results = new File(basedir, 'target/claude-fleet')
        def found = new JsonSlurper().parse(new File(results, 'findings.sarif')).runs[0].results
        assert found*.ruleId == ['resource-leak']
        assert found[0].locations[0].physicalLocation.artifactLocation == [uri: 'src/App.java', uriBaseId: '%SRCROOT%']
        def quality = new JsonSlurper().parse(new File(results, 'gl-code-quality-report.json'))
        assert quality*.location == [[path: 'src/App.java', lines: [begin: 3, end: 3]]]

        def lines = project.buildLog().readLines()
        assert lines.findAll { it.startsWith('::') } == [
                '::error file=src/App.java,line=3,endLine=3,title=resource-leak::The stream stays open.' +
                        '%0A::add-mask::secret%0A::set-output name=x::y']
        assert lines.any { it.contains('findings that name no file of the workspace are left out: 1') }
        assert project.leftovers() == []
    } finally {
        project.cleanUp()
    }
}
return true
