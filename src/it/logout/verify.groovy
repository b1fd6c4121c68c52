import groovy.json.JsonSlurper
import io.github.claudefleet.it.ItProject
import java.nio.file.Files

ItProject.of(basedir, mavenHome, settings, localRepositoryPath).withCloseable { project ->
    def login = project.directory().resolve('login')
    def file = login.resolve('.credentials.json')
    def revoked = { project.standIn().counts(context.account).revoked() }
    try {
        def before = Files.readString(file)
        def up = project.running()*.id()
        assert up.size() == 3
        project.maven('-B', 'claude-fleet:logout').failedPlainly()
                .says('name "logout" is a fleet with 1 agent, which a logout would leave without a login')
                .says('Stop it first: mvn claude-fleet:stop')
        assert project.running()*.id() == up && Files.readString(file) == before && revoked() == 0

        project.maven('-B', 'claude-fleet:stop').succeeded()
        assert Files.readString(file) == before && revoked() == 0 : 'a stop keeps the login'
        project.maven('-B', 'claude-fleet:logout').succeeded()
                .says("Logged out: the login that was kept in ${login} is revoked for every fleet that uses it.")
                .says('Sign in again with: mvn claude-fleet:auth')
        assert revoked() == 1
        assert !Files.exists(file) || new JsonSlurper().parse(file).claudeAiOauth == null
        assert project.leftovers() == []

        def ended = project.standIn().requests(context.account).size()
        project.maven('-B', 'claude-fleet:logout').succeeded()
                .says("Nothing to log out: there is no login in ${login}").saysNot('Logged out')
        assert project.leftovers() == []

        project.maven('-B', 'claude-fleet:start', '-Dclaude-fleet.auth.timeout=3s',
                '-Dclaude-fleet.auth.pollInterval=1s').failedPlainly()
                .says('The login was not proved within 3 s: no login')
                .says('Sign in once: mvn claude-fleet:auth in a terminal.')
        assert project.standIn().requests(context.account).size() == ended && revoked() == 1
        assert project.leftovers() == []
    } finally {
        project.cleanUp()
    }
}
return true
