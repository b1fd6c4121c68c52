import groovy.json.JsonOutput
import groovy.json.JsonSlurper
import io.github.claudefleet.it.ItProject
import java.nio.file.Files
import java.time.Duration
import java.time.Instant

ItProject.of(basedir, mavenHome, settings, localRepositoryPath).withCloseable { project ->
    def file = project.directory().resolve('login/.credentials.json')
    def change = { Closure how ->
        def root = new JsonSlurper().parse(file)
        how(root.claudeAiOauth)
        Files.writeString(file, JsonOutput.toJson(root))
    }
    try {
        def account = 'near-' + System.nanoTime()
        project.logIn(account)
        change { it.refreshTokenExpiresAt = Instant.now().plus(Duration.ofHours(50)).toEpochMilli() }
        project.maven('-B', 'claude-fleet:auth').succeeded()
                .says('Login: mode login, kept in').says('a real request was answered (claude.ai,')
                .says("The login expires at ").says('(in 2d 1h), and nothing renews it.').says('Sign in again before then')

        // The CLI isn't asked again: the file tells.
        def requests = project.standIn().counts(account).messages()
        project.maven('-B', 'claude-fleet:start', '-Dclaude-fleet.workers=1').succeeded()
                .says('proved by a request').says('ago (claude.ai)').says('(in 2d 1h), and nothing renews it.')
        assert project.standIn().counts(account).messages() == requests
        assert project.standIn().counts(account).refreshes() == 0

        // Proved a moment ago, but with four minutes left: agents get a fresh one. What the keeper does counts as well.
        change {
            it.expiresAt = Instant.now().plusSeconds(250).toEpochMilli()
            it.refreshTokenExpiresAt = Instant.now().plus(Duration.ofDays(20)).toEpochMilli()
        }
        project.maven('-B', 'claude-fleet:start', '-Dclaude-fleet.workers=2').succeeded()
                .saysNot("The login expires at")
        assert project.standIn().counts(account).refreshes() == 1
        assert new JsonSlurper().parse(file).claudeAiOauth.expiresAt > Instant.now().plusSeconds(3600).toEpochMilli()
        project.maven('-B', 'claude-fleet:stop').succeeded()

        // Past its end and refused by the service: expired, and since when.
        project.logIn(account, Duration.ofSeconds(-60))
        change {
            it.refreshToken = 'sk-ant-ort01-standin-spent'
            it.refreshTokenExpiresAt = Instant.now().minus(Duration.ofHours(30)).toEpochMilli()
        }
        project.maven('-B', 'claude-fleet:auth', '-Dclaude-fleet.auth.timeout=5s').failedPlainly()
                .says('expired or revoked').says('Sign in again')
        assert project.leftovers() == []
    } finally {
        project.cleanUp()
    }
}
return true
