import groovy.json.JsonSlurper
import io.github.claudefleet.it.ItProject
import java.net.http.HttpClient
import java.net.http.HttpRequest
import java.net.http.HttpResponse
import java.nio.file.Files
import java.time.Duration

def EMPTY_IMAGE = 'claude-fleet-test/empty:1'

ItProject.of(basedir, mavenHome, settings, localRepositoryPath).withCloseable { project ->
    def account = 'no-service-' + System.nanoTime()
    def file = project.directory().resolve('login/.credentials.json')
    def auth = { List words, String... arguments ->
        def run = project.maven(['-B', 'claude-fleet:auth', '-Dclaude-fleet.auth.timeout=8s',
                '-Dclaude-fleet.auth.pollInterval=2s', *arguments] as String[]).failedPlainly()
        words.each { run.says(it) }
        assert project.leftovers() == [] : words
    }
    def untouched = { String content, Closure run ->
        Files.writeString(file, content)
        run()
        assert Files.readString(file) == content
    }
    def nothing = Files.write(project.directory().resolve('nothing.tar'), new byte[1024])
    project.docker().run('import', nothing.toString(), EMPTY_IMAGE)
    try {
        auth(['within 8 s', 'no login.', 'Sign in once: mvn claude-fleet:auth in a terminal.'])
        assert !Files.exists(file)

        project.logIn(account)
        def login = Files.readString(file)
        untouched(login.replaceAll(/"(access|refresh)Token":"[^"]*"/, '"$1Token":""')) {
            auth(['within 8 s', 'expired or revoked', 'holds a login that was ended', 'Sign in again'])
        }
        untouched(login.substring(0, login.length().intdiv(2))) {
            auth(['within 8 s', 'the credentials file is damaged', "${file} is not complete JSON", 'Sign in again'])
        }
        untouched('') {
            auth(['the credentials file is damaged', "${file} holds no login"])
        }

        Files.writeString(file, login)
        Files.setAttribute(file, 'unix:uid', 4242)
        auth(['belongs to another user', "${file} is of user 4242, containers run as 1000", 'chown',
                '-Dclaude-fleet.user=UID:GID'])
        assert Files.getAttribute(file, 'unix:uid') == 4242
        assert Files.readString(file) == login
        Files.setAttribute(file, 'unix:uid', 1000)

        auth(['image.name ' + System.getProperty('it.baseImage') + ' lacks: claude. Use an image that has it',
                'leave image.name out'], '-Dclaude-fleet.image.name=' + System.getProperty('it.baseImage'))
        auth(["image.name ${EMPTY_IMAGE} can't be used: the auth container ended at once with exit status 127",
                '(most likely the image has no /bin/sh)', 'exec /bin/sh failed', 'Use an image with /bin/sh in it'],
                '-Dclaude-fleet.image.name=' + EMPTY_IMAGE)
        auth(['within 8 s', "the service can't be reached", 'Connection refused', 'tried api.anthropic.com', 'Check the network'],
                '-Dclaude-fleet.extraHosts=api.anthropic.com:127.0.0.1,platform.claude.com:127.0.0.1')
        auth(['within 8 s', "the service can't be reached", "Can't reach the API server", 'Check the network'],
                '-Dclaude-fleet.network=none')
        assert Files.readString(file) == login
        assert project.standIn().requests(account).isEmpty()

        // A refresh token works once: after this use by somebody else, the fleet's own is refused.
        project.logIn(account, Duration.ofSeconds(-60))
        def spent = new JsonSlurper().parse(file).claudeAiOauth.refreshToken
        def request = HttpRequest.newBuilder(URI.create(System.getProperty('standin.url') + '/v1/oauth/token'))
                .header('content-type', 'application/json')
                .POST(HttpRequest.BodyPublishers.ofString("""{"grant_type":"refresh_token","refresh_token":"${spent}"}"""))
                .build()
        assert HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString()).statusCode() == 200
        auth(['within 8 s', 'expired or revoked', 'Sign in again: mvn claude-fleet:auth in a terminal.'])
        assert new JsonSlurper().parse(file).claudeAiOauth.accessToken == '' : 'the CLI ended the login itself'
        assert project.standIn().counts(account).refreshesRefused() >= 1
    } finally {
        project.cleanUp()
        project.docker().run('rmi', '--force', EMPTY_IMAGE)
    }
}
return true
