import groovy.json.JsonSlurper
import io.github.claudefleet.it.ItProject

ItProject.of(basedir, mavenHome, settings, localRepositoryPath).withCloseable { project ->
    try {
        (1..10).each { number ->
            def agent = project.awaitEnd('worker-' + number)
            assert agent.exitCode().get() == 0 : project.log(agent)
            def result = project.result(agent)
            assert result.is_error == false && result.result == 'yes'
        }
        def counts = project.standIn().counts(context.account)
        assert counts.refreshes() == 1 && counts.refreshesRefused() == 0
        assert counts.revoked() == 0 && counts.logins() == 0
        assert counts.messagesByStatus() == [200: 11L] : 'ten prompts and one proof'
        def login = new JsonSlurper().parse(new File(basedir, 'login/.credentials.json')).claudeAiOauth
        assert login.accessToken && login.refreshToken && login.expiresAt > System.currentTimeMillis()
        project.maven('-B', 'claude-fleet:stop').succeeded()
        assert project.leftovers() == []
    } finally {
        project.cleanUp()
    }
}
return true
