import io.github.claudefleet.it.CisBenchmark
import io.github.claudefleet.it.ItProject
import java.nio.file.Path
import java.time.Instant

ItProject.of(basedir, mavenHome, settings, localRepositoryPath).withCloseable { project ->
    def docker = project.docker()
    def sh = { container, String script -> project.exec(container, 'sh', '-c', script) }
    def says = { container, String script, String expected ->
        def result = sh(container, script)
        assert result.output().trim() == expected && result.exitCode() == 0 : script + ': ' + result
    }
    def refuses = { container, String script ->
        def result = sh(container, script)
        assert result.exitCode() != 0 && (result.output() + result.errors()) =~ 'Read-only file system|EROFS' : script + ': ' + result
    }
    def awaitHealth = { String name, String wanted ->
        def end = Instant.now().plusSeconds(100)
        while (docker.run('inspect', '--format', '{{.State.Health.Status}}', name) != wanted) {
            assert Instant.now().isBefore(end) : docker.run('inspect', '--format', '{{json .State.Health}}', name)
            sleep(500)
        }
    }
    def ownVolumes = { container -> docker.inspect(container.id()).Mounts.findAll { it.Type == 'volume' && it.Name =~ /^[0-9a-f]{64}$/ } }
    try {
        def auth = project.agent('auth'), idle = project.agent('idle'), installer = project.agent('installer')

        // What people tripped over elsewhere, tried in an agent's container.
        says(idle, 'id -un; echo $HOME; node -p "os.userInfo().username + os.userInfo().homedir"', 'agent\n/home/agent\nagent/home/agent')
        says(idle, 'git config --global --add safe.directory /x && git config --global safe.directory', '/x')
        says(idle, 'for d in /tmp /var/tmp $HOME; do printf "#!/bin/sh\\necho ran\\n" >$d/run && chmod +x $d/run && $d/run; done', 'ran\nran\nran')
        says(idle, 'stat -c %a /tmp /var/tmp; stat -f -c %T /tmp $HOME | grep -c tmpfs || true', '1777\n1777\n0')
        says(idle, '''mkdir -p /tmp/lib /tmp/app && cd /tmp/lib && npm init -y >/dev/null && cd /tmp/app && npm init -y >/dev/null &&
            npm install --offline --silent ../lib && npm config set prefix ~/.local && npm install --global --offline --silent ../lib &&
            ls -d node_modules/lib ~/.npm/_logs ~/.local/lib/node_modules/lib''',
                '/home/agent/.local/lib/node_modules/lib\n/home/agent/.npm/_logs\nnode_modules/lib')
        says(idle, 'mkdir -p /tmp/.X11-unix ~/.config/chromium/Crashpad ~/.cache/ms-playwright ~/.gradle/native /tmp/hsperfdata_agent && echo made', 'made')
        says(idle, 'echo x >/dev/shm/x && mktemp -d -p /var/tmp >/dev/null && echo made', 'made')
        ['touch /usr/local/bin/claude2', 'npm install --global --prefix /usr/local /tmp/lib'].each { refuses(idle, it) }
        assert sh(idle, 'echo x >>/etc/passwd').exitCode() != 0
        refuses(auth, 'touch /opt/x')
        says(auth, 'id -un; touch /tmp/x ~/x && echo made', 'agent\nmade')
        assert !docker.inspect(installer.id()).HostConfig.ReadonlyRootfs && ownVolumes(installer) == []
        assert ownVolumes(idle)*.Destination.sort() == ['/home/agent', '/tmp', '/var/tmp']

        // Health says what readiness says.
        ['auth', 'idle', 'installer'].each { awaitHealth(project.agent(it).name(), 'healthy') }
        assert docker.inspect(idle.id()).State.Health.Log.last().Output == 'ready\n'
        assert docker.inspect(auth.id()).State.Health.Log.last().Output == 'keeping\n'
        assert docker.run('ps', '--filter', 'name=' + idle.name(), '--format', '{{.Status}}').contains('(healthy)')

        CisBenchmark.of(docker, project.containers(), project.bundledImage())
                .compare(Path.of(basedir.path, '../../../../docs/hardening.md').normalize())

        // A container that is started again keeps its home, a new one doesn't.
        sh(idle, 'echo kept >~/note')
        docker.run('stop', '--time', '1', idle.id())
        docker.run('start', idle.id())
        says(project.agent('idle'), 'cat ~/note', 'kept')
        def former = ownVolumes(idle)*.Name
        project.maven('-B', 'claude-fleet:start', '-Dclaude-fleet.hardening.writable=/opt/other').succeeded()
        assert project.agent('idle').id() != idle.id() && sh(project.agent('idle'), 'cat ~/note').exitCode() != 0
        assert former.every { !docker.run('volume', 'ls', '--quiet').contains(it) } : 'its volumes went with it'

        // Volumes of a container that somebody else removed go with the fleet.
        docker.run('rm', '--force', project.agent('idle').id())
        project.maven('-B', 'claude-fleet:stop').succeeded()
        assert project.leftovers() == []

        // Another user than the image knows, an image with a home of its own, and a further writable directory.
        assert ['chown', '-R', '4242:4343', basedir.path + '/login'].execute().waitFor() == 0
        project.maven('-B', 'claude-fleet:start', '-Dclaude-fleet.image.dockerfile=Dockerfile', '-Dclaude-fleet.user=4242:4343',
                '-Dclaude-fleet.hardening.writable=/opt/tools').succeeded()
        idle = project.agent('idle')
        [idle, project.agent('auth')].each {
            says(it, 'id -un; id -u; id -g; echo $HOME; node -p "os.userInfo().homedir"', 'claude-fleet-agent\n4242\n4343\n/opt/house\n/opt/house')
            says(it, 'cat ~/card; cat /opt/tools/list; echo hammer >>/opt/tools/list && tail -1 /opt/tools/list', 'greetings\nsaw\nhammer')
            refuses(it, 'touch /opt/x')
        }
        says(project.agent('installer'), 'id -u', '4242')
        project.maven('-B', 'claude-fleet:stop').succeeded()

        // A runtime that the engine does not have is refused before anything is made, and doctor says so.
        project.maven('-B', 'claude-fleet:start', '-Dclaude-fleet.hardening.runtime=no-such-runtime').failed()
                .says('hardening.runtime "no-such-runtime" is no runtime of the engine at')
        assert project.leftovers() == []
        project.maven('-B', 'claude-fleet:doctor', '-Dclaude-fleet.hardening.runtime=no-such-runtime').failed()
                .says('runtime: the engine has no no-such-runtime, but')
    } finally {
        project.cleanUp()
        project.removeOwnImage()
    }
}
return true
