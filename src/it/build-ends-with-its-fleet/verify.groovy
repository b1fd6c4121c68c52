import io.github.claudefleet.it.ItProject
import java.time.Duration

ItProject.of(basedir, mavenHome, settings, localRepositoryPath).withCloseable { project ->
    def limit = Duration.ofSeconds(120)
    def isGone = { String way ->
        println "$way: all gone ${project.goneWithin(limit).toMillis()} ms later"
        assert project.watchdogs() == []
    }
    def between = { String way, String... arguments ->
        def maven = project.startMavenApart('-B', *arguments, '-Dway=pause')
        maven.awaitOutput('between')
        assert project.containers().size() == 3 : way
        maven
    }
    def jvmConfig = new File(basedir, '.mvn/jvm.config')
    try {
        // A goal that fails between start and stop: that was the invoker's own build.
        assert project.leftovers() == []
        assert project.buildLog().contains('Fleet build-ends-with-its-fleet ends with this build')

        // One that nobody's build ends, and that no other build's end may touch.
        def bystander = project.asFleet('bystander-of-' + project.stem().split('-').last())
        try {
            project.maven('-B', 'claude-fleet:start', '-Dclaude-fleet.name=' + bystander.name()).succeeded()
            def standing = bystander.running()*.id()
            assert standing.size() == 3

            // On the other Mavens what comes from outside is shown by the test's matrix of deaths.
            if (!basedir.path.contains('maven-4')) {
                ['TERM', 'HUP', 'INT'].each { signal ->
                    def maven = between(signal, 'verify')
                    maven.signal(signal)
                    def run = maven.await().failed().says('Cancelled: ').says('press Ctrl-C again to stop at once')
                    isGone(signal)
                    assert run.exitCode() == [TERM: 143, HUP: 129, INT: 130][signal]
                }
                def killed = between('KILL', 'verify')
                killed.signal('KILL')
                isGone('KILL')
                killed.await()
                def grouped = between('KILL of the process group', 'verify')
                grouped.signalGroup('KILL')
                isGone('KILL of the process group')
                grouped.await()
                assert new File(basedir, 'target/claude-fleet/watchdog.log').text.contains('Removed container ' )

                // Killed in the midst of a start.
                def starting = project.startMavenApart('-B', 'verify', '-Dway=pause')
                starting.awaitOutput('-auth (there is none yet)')
                starting.signal('KILL')
                isGone('KILL in a start')
                starting.await()
            }

            // A lifecycle that is cut short before stop; Maven 4 doesn't cut it there.
            project.maven('-B', 'integration-test', '-Dway=quick').succeeded()
            isGone('integration-test')

            jvmConfig.parentFile.mkdirs()
            new RandomAccessFile(new File(basedir, 'target/large'), 'rw').withCloseable { it.length = 1L << 30 }
            jvmConfig.text = '-Xmx192m'
            project.maven('-B', 'verify', '-Dway=memory').failed().says('ends with this build')
            isGone('OutOfMemoryError')
            jvmConfig.text = '-Xmx192m -XX:+ExitOnOutOfMemoryError'
            project.maven('-B', 'verify', '-Dway=memory').failed().saysNot('ends with this build')
            isGone('OutOfMemoryError that ends the JVM')
            jvmConfig.delete()

            // Detached on purpose, which is the control: nothing ends it.
            def detached = between('detached', 'verify', '-Dclaude-fleet.lifetime=detached')
            detached.signal('KILL')
            detached.await()
            sleep 4000
            assert project.running().size() == 3
            project.maven('-B', 'claude-fleet:stop').succeeded().says('3 containers removed')
            assert project.leftovers() == []

            assert bystander.running()*.id() == standing
            project.maven('-B', 'claude-fleet:stop', '-Dclaude-fleet.name=' + bystander.name()).succeeded()
            assert bystander.leftovers() == []
        } finally {
            bystander.cleanUp()
            bystander.close()
        }
    } finally {
        jvmConfig.delete()
        project.cleanUp()
    }
}
return true
