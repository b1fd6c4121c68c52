import io.github.claudefleet.it.ItProject

ItProject.of(basedir, mavenHome, settings, localRepositoryPath).withCloseable { project ->
    def docker = project.docker()
    // In a container the project is another one than on this machine.
    def fleet = { docker.run('ps', '--all', '--quiet', '--filter', 'label=io.github.claudefleet.fleet=build-in-a-container').readLines() }
    def network = { docker.run('network', 'ls', '--quiet', '--filter', 'label=io.github.claudefleet.fleet=build-in-a-container').readLines() }
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
        assert fleet().size() == 2
        id
    }
    try {
        def ends = [killed : { docker.run('kill', it) }, removed: { docker.run('rm', '--force', it) }]
        ends.each { way, end ->
            def id = job()
            // Whoever can't look into the container leaves alone what is under way in it.
            project.maven('--batch-mode', 'claude-fleet:stop').succeeded().says('in a container that is up')
            assert fleet().size() == 2
            end(id)
            project.maven('--batch-mode', 'claude-fleet:stop').succeeded()
            // Another build on this engine may have been first, and be about to remove the last of it.
            def limit = System.nanoTime() + 30_000_000_000L
            while (fleet() + network() != [] && System.nanoTime() < limit) {
                sleep 200
            }
            assert fleet() == [] && network() == [] : way
        }
    } finally {
        jobs.each { docker.run('rm', '--force', it) }
        fleet().each { docker.run('rm', '--force', it) }
        network().each { docker.run('network', 'rm', it) }
    }
}
return true
