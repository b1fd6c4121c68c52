import io.github.claudefleet.it.ItProject
import java.time.Duration

ItProject.of(basedir, mavenHome, settings, localRepositoryPath).withCloseable { project ->
    def docker = project.docker()
    def socket = project.engine().info().address() - 'unix://'
    def java = new File(System.getProperty('java.home')).canonicalPath
    // What this machine's JDK and Maven are made of, where a distribution has spread them.
    def parts = ['/usr', *new File('/etc').listFiles()*.path.findAll { it ==~ '/etc/(alternatives|maven|java.*)' }]
    def mounts = [*parts, java, new File(mavenHome).canonicalPath, localRepositoryPath.path, new File(settings).parent, basedir.path,
                  System.getProperty('standin.bundle'), socket]
            .unique().collectMany { ['--volume', "$it:$it".toString()] }
    def jobs = []
    def job = {
        def id = docker.run('run', '--detach', '--network', 'none', '--workdir', basedir.path, '--env', "JAVA_HOME=$java", *mounts,
                System.getProperty('it.baseImage'), new File(mavenHome, 'bin/mvn').canonicalPath,
                *project.mavenArguments('--batch-mode', '--offline', 'verify')).readLines().last()
        jobs << id
        docker.awaitLog(id, 'between')
        assert project.containers().size() == 3
        id
    }
    try {
        def ends = [killed : { docker.run('kill', it) }, removed: { docker.run('rm', '--force', it) }]
        ends.each { way, end ->
            def id = job()
            // Whoever can't look into the container leaves alone what is under way in it.
            project.maven('--batch-mode', 'claude-fleet:stop').succeeded().says('in a container that is up')
            assert project.containers().size() == 3
            end(id)
            project.maven('--batch-mode', 'claude-fleet:stop').succeeded()
            // Another build on this engine may have been first, and be about to remove the last of it.
            println "$way: all gone ${project.goneWithin(Duration.ofSeconds(120)).toMillis()} ms later"
        }
    } finally {
        jobs.each { docker.run('rm', '--force', it) }
        project.cleanUp()
    }
}
return true
