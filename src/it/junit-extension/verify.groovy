import groovy.json.JsonSlurper
import groovy.xml.XmlSlurper
import io.github.claudefleet.it.GitRepository
import io.github.claudefleet.it.ItProject
import java.time.Duration

ItProject.of(basedir, mavenHome, settings, localRepositoryPath).asFleet('fixer-test-rehearsal').withCloseable { project ->
    def patient = project.asFleet('patient-test-rehearsal')
    def git = GitRepository.at(basedir)
    try {
        project.maven('-B', 'test', '-Dtest=FixerTest').succeeded()
                .says('REHEARSAL | Fleet fixer-test-rehearsal: 2 agents ready')
                .says('Tests run: 2, Failures: 0, Errors: 0, Skipped: 0')
        def report = new XmlSlurper().parse(new File(basedir, 'target/surefire-reports/TEST-shop.FixerTest.xml'))
        assert report.testcase.collect { it.@name.text().replaceAll('[(].*', '') }.toSet() == ['theBuildIsFixedInTheSecondRound', 'theImageHasGit'].toSet()
        assert project.leftovers() == []
        project.goneWithin(Duration.ofSeconds(120))

        def results = new File(basedir, 'target/claude-fleet/fixer-test')
        def index = new JsonSlurper().parse(new File(results, 'fleet.json'))
        assert index.rehearsal && index.tasks*.outcome == ['done'] && index.costUsd == 0
        assert !new File(results, 'workspaces').list()?.length
        assert git('for-each-ref', '--format=%(refname)') == 'refs/heads/main' && git('status', '--porcelain') == ''

        // The tests' JVM is killed with everything that belongs to it.
        def killed = project.startMavenApart('-B', 'test', '-Dtest=PatientTest')
        killed.awaitOutput('the shop is open')
        assert patient.containers().size() == 3
        killed.signalGroup('KILL')
        println "all gone ${patient.goneWithin(Duration.ofSeconds(120)).toMillis()} ms later"
        killed.await()
    } finally {
        project.cleanUp()
        patient.cleanUp()
        patient.close()
    }
}
return true
