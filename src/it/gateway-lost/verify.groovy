import groovy.json.JsonSlurper
import io.github.claudefleet.it.ItProject

ItProject.of(basedir, mavenHome, settings, localRepositoryPath).withCloseable { project ->
    def outcomes = {
        new JsonSlurper().parse(new File(basedir, 'target/claude-fleet/fleet.json')).tasks.collect { it.outcome }
    }
    try {
        project.standIn().behaviour('gateway-lost', 'slow:600000')
        def waiting = project.startMaven('-B', 'claude-fleet:await').closeInput()
        assert (1..600).find { sleep 200; project.standIn().requests('gateway-lost').any { it.note() == 'turn 0: First' } }
        project.docker().run('rm', '--force', project.agent('gateway').id())
        waiting.await().says("The fleet's gateway does not run")
        assert outcomes() == ['failed', 'failed']
        project.maven('-B', 'claude-fleet:verify').failed().says('2 of 2 tasks failed')
        project.standIn().behaviour('gateway-lost', 'ok')
        project.maven('-B', 'claude-fleet:doctor').failed().says('fence of agent worker: has a gateway that does not answer')

        project.maven('-B', 'claude-fleet:start').succeeded().says('-gateway (there is none yet)')
        project.maven('-B', 'claude-fleet:await').succeeded()
        assert outcomes() == ['done', 'done']
        project.maven('-B', 'claude-fleet:verify').succeeded()
        project.maven('-B', 'claude-fleet:stop').succeeded()
        assert project.leftovers() == []
    } finally {
        project.cleanUp()
    }
}
return true
