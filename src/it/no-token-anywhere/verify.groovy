import io.github.claudefleet.it.ItProject
import io.github.claudefleet.it.ProcessWatch
import java.time.Duration
import java.time.Instant

ItProject.of(basedir, mavenHome, settings, localRepositoryPath).withCloseable { project ->
    def docker = project.docker()
    def account = 'canary-' + System.nanoTime()
    def run = System.nanoTime()
    def leak = 'claude-fleet-no-token-anywhere-leak'
    def leakImage = 'claude-fleet-test/leak:' + run
    // The numbers behind an access and a refresh token change with each renewal.
    def modes = [
        login: ["sk-ant-oat01-standin.${account}.", "sk-ant-ort01-standin.${account}."]*.toString(),
        token: ["sk-ant-oat01-standin.${account}-token.setup".toString()],
        apiKey: ["sk-ant-api03-standin.${account}-key".toString()],
    ]
    def goals = ['auth', 'start', 'status', 'logs', 'doctor']
    try {
        modes.each { mode, given ->
            def begin = Instant.now()
            def secrets = given as String[]
            def search = { project.searchFor(secrets) }
            def allowed = ['secret']
            if (mode == 'login') {
                project.logIn(account, Duration.ofMinutes(-1)).handOver()
                allowed += ['login/.credentials.json', 'login/.credentials.json.last-good', 'login/for-agents/.credentials.json']
            } else {
                new File(basedir, 'secret').mkdir()
                new File(basedir, "secret/$mode").text = secrets[0]
            }
            def options = mode == 'login' ? [] :
                    ["-Dclaude-fleet.auth.mode=$mode".toString(), "-Dclaude-fleet.auth.file=secret/$mode".toString()]
            def watch = ProcessWatch.start(secrets)
            def maven = { String goal ->
                def output = project.maven('-B', '-X', 'claude-fleet:' + goal, *options).succeeded().output()
                assert output.contains('[DEBUG]') : 'Maven said all that it could'
                new File(basedir, "target/$mode-${goal}.log").tap { it.parentFile.mkdirs() }.text = output
            }
            goals.each(maven)
            assert project.exec(project.agent('idle'), 'claude', '-p', 'Say yes').output().trim() == 'yes'
            assert project.result(project.awaitEnd('worker')).result == 'yes'

            assert search().inFleet().inProcessesOfHost().inFilesExcept(*allowed).onDisk().inEventsSince(begin).findings() == []
            def memory = search().inMemory().findings()
            assert memory.size() == (mode == 'login' ? 0 : 1) : memory
            if (mode == 'login') {
                assert project.searchFor(*secrets).inFilesExcept('secret').findings()*.replace(basedir.path + '/', '').toSet() ==
                        allowed.drop(1).toSet() : 'the search does find the login where it is'
            }
            maven('stop')
            assert project.leftovers() == []
            watch.close()
            assert watch.findings() == []
            assert search().inFilesExcept(*allowed).inEventsSince(begin).findings() == [] : 'nor after the end'
        }

        // The search finds a credential at every kind of place, when somebody does put it there.
        def secret = modes.token[0]
        def hidden = ('a' + secret + 'b').bytes.encodeBase64().toString()
        def found = { closure -> closure(project.searchFor(secret)).findings() }
        def label = 'io.github.claudefleet.fleet=no-token-anywhere'
        def begin = Instant.now()
        def base = project.bundledImage()
        docker.run('volume', 'create', '--label', label, '--label', 'note=' + hidden, leak + '-volume')
        docker.run('network', 'create', '--label', label, '--label', 'note=' + secret, leak + '-network')
        def maker = docker.run('create', '--entrypoint', 'sh', base, '-c', 'true')
        docker.run('commit', '--change', 'ENV LEAK=' + secret, '--message', hidden, maker, leakImage)
        docker.run('rm', maker)
        def watch = ProcessWatch.start(secret)
        docker.run('run', '--detach', '--init', '--name', leak, '--label', label, '--env', 'CLAUDE_FLEET_LOGIN=leak',
                '--volume', leak + '-volume:/leak', '--user', '0', '--entrypoint', 'sh', leakImage, '-c',
                'echo "$LEAK"; echo "$LEAK" >/written; echo "$LEAK" >/leak/written; exec sleep 600')
        docker.awaitLog(leak, secret)
        def id = docker.inspect(leak).Id
        docker.run('exec', leak, 'echo', hidden)
        def fleet = found { it.inFleet() }
        assert fleet.toSet() == ['docker inspect ' + leak, "docker inspect $leak-volume", "docker inspect $leak-network",
                'the image of ' + leak, "the image's history", 'docker logs ' + leak, 'the processes of ' + leak]*.toString().toSet()
        assert found { it.inProcessesOfHost() }.any { it.startsWith('the environment of process ') }
        assert found { it.inEventsSince(begin) } == ['docker events']
        def files = found { it.onDisk() }
        assert files.any { it.endsWith('/written') && it.contains('/volumes/') }
        assert files.any { it.endsWith('/written') && !it.contains('/volumes/') }
        assert files.any { it.contains('/containers/' + id) && it.endsWith('-json.log') }
        new File(basedir, 'target/leak.txt').text = hidden
        assert found { it.inFilesExcept('secret') } == [basedir.path + '/target/leak.txt']
        def passing = new ProcessBuilder('sleep', '2').tap { it.environment().put('LEAK', hidden) }.start()
        assert passing.waitFor() == 0
        watch.close()
        assert watch.findings().any { it.endsWith('(sleep)') }
    } finally {
        project.cleanUp()
        if (project.engine().images().find(leakImage).isPresent()) {
            docker.run('rmi', '--force', leakImage)
        }
    }
}
return true
