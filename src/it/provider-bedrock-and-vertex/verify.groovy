import io.github.claudefleet.it.ItProject
import java.nio.file.Files

ItProject.of(basedir, mavenHome, settings, localRepositoryPath).withCloseable { project ->
    def works = { String account, String said, String... arguments ->
        project.maven(['-B', 'claude-fleet:start', *arguments] as String[]).succeeded().says(said)
        assert project.result(project.awaitEnd('worker')).result == 'yes'
        assert project.exec(project.agent('idle'), 'claude', '-p', 'Say yes').output().trim() == 'yes'
        assert project.standIn().counts(account).messagesByStatus()[200] >= 3
        project.maven(['-B', 'claude-fleet:start', *arguments] as String[]).succeeded()
                .says('Login works: proved by a request').says('nothing had to be changed')
    }
    def vertex = '-Dvertex=http://api.anthropic.com:8080/v1'
    try {
        def keys = Files.createDirectories(project.directory().resolve('keys'))
        def secret = 'invented' + System.nanoTime()

        // Without credentials the CLI finds none, and the service isn't asked.
        def aws = 'aws-' + System.nanoTime()
        project.maven('-B', 'claude-fleet:auth', '-Pbedrock', "-Daccount=${aws}").failedPlainly()
                .says('mode provider').says('Could not load AWS credentials')
                .says("the provider's credentials are not there").says('with mounts or environment')
        assert project.leftovers() == []
        assert project.standIn().counts(aws).messages() == 0

        Files.writeString(keys.resolve('aws'), "[default]\naws_access_key_id=INVENTED\naws_secret_access_key=${secret}\n")
        project.handOver()
        works(aws, 'a real request was answered (third_party:bedrock,', '-Pbedrock', "-Daccount=${aws}")
        assert project.exec(project.agent('idle'), 'sh', '-c', 'echo x >/keys/aws').exitCode() != 0 : 'read-only'
        assert project.exec(project.agent('idle'), 'ls', '/claude-fleet').output().split() == ['gateway', 'kit'] : 'no login'
        assert project.searchFor(secret).inFleet().inFilesExcept('keys').findings() == []
        project.maven('-B', 'claude-fleet:stop').succeeded()

        def google = 'google-' + System.nanoTime()
        works(google, 'a real request was answered (third_party:vertex,', '-Pvertex', "-Daccount=${google}", vertex)
        project.maven('-B', 'claude-fleet:stop').succeeded()
        project.standIn().behaviour(google, '403')
        project.maven('-B', 'claude-fleet:auth', '-Pvertex', "-Daccount=${google}", vertex).failedPlainly()
                .says('rejected by the service').says('Google Cloud authentication failed')
        project.maven('-B', 'claude-fleet:auth', '-Pvertex', "-Daccount=${google}", '-Dclaude-fleet.auth.timeout=8s',
                '-Dvertex=http://ann:hush@127.0.0.1:9/v1').failedPlainly()
                .says("the service can't be reached").says('tried 127.0.0.1:9').saysNot('hush')

        // Neither beside a login nor with nothing named.
        project.maven('-B', 'claude-fleet:auth', '-Pvertex', "-Daccount=${google}", vertex, '-Dfleet.mode=login')
                .failedPlainly().says('environment has CLAUDE_CODE_USE_VERTEX').says('Set auth.mode to provider')
        project.maven('-B', 'claude-fleet:auth').failedPlainly()
                .says('the CLI reports method none, where auth.mode provider gives third_party')
                .says('CLAUDE_CODE_USE_BEDROCK=1')
        assert project.leftovers() == []

        // A gateway needs no mode of its own.
        ['token': "sk-ant-oat01-standin.GATEWAY.setup", 'apiKey': 'sk-ant-api03-standin.GATEWAY'].each { mode, form ->
            def gateway = 'gateway-' + System.nanoTime()
            Files.writeString(keys.resolve('credential'), form.replace('GATEWAY', gateway))
            works(gateway, 'Login works: a real request was answered', '-Pgateway', "-Dfleet.mode=${mode}",
                    '-Dclaude-fleet.auth.file=keys/credential')
            assert project.standIn().requests(gateway).findAll { it.path() == '/v1/messages' }
                    .every { it.host() == 'platform.claude.com:8080' }
            project.maven('-B', 'claude-fleet:stop').succeeded()
        }
        assert project.leftovers() == []
    } finally {
        project.cleanUp()
    }
}
return true
