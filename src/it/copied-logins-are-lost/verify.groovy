import io.github.claudefleet.it.ItProject
import io.github.claudefleet.it.LongWork

ItProject.of(basedir, mavenHome, settings, localRepositoryPath).withCloseable { project ->
    def docker = project.docker()
    def work = new LongWork(project, context.account)
    def ids = []
    def atWork = { ids.any { project.engine().container(it).get().state().name() == 'RUNNING' } }
    def awaitAll = { seconds -> (1..seconds * 2).find { Thread.sleep(500); !atWork() } }
    try {
        ids = (1..10).collect { number ->
            def copy = new File(basedir, "copy-${number}")
            assert ['cp', '-a', "${basedir}/login", copy.path].execute().waitFor() == 0
            docker.run('run', '--detach', '--init', '--user', ItProject.AGENT_USER.toString(),
                    '--network', System.getProperty('standin.network'),
                    '--env', 'HOME=/tmp', '--env', 'CLAUDE_CONFIG_DIR=/tmp/.claude',
                    '--env', 'CLAUDE_SECURESTORAGE_CONFIG_DIR=/login', '--env', 'NODE_EXTRA_CA_CERTS=/ca.pem',
                    '--volume', "${copy}:/login", '--volume', "${System.getProperty('standin.bundle')}:/ca.pem:ro",
                    '--volume', "${basedir}:/workspace", '--workdir', '/workspace', project.bundledImage(),
                    'claude', '-p', 'Work until it is enough', '--output-format', 'stream-json', '--verbose',
                    '--permission-mode', 'bypassPermissions')
        }
        awaitAll(40)
        work.enough()
        assert awaitAll(300)
        def ended = ids.collect { project.engine().container(it).get() }
        def problems = work.problemsOf(ended)
        println problems
        assert problems.size() >= 5 : 'most of them are logged out'
        assert work.problemsOfRenewal([] as Set).any { it.startsWith('not all renewals worked') }
    } finally {
        ids.each { docker.run('rm', '--force', it) }
    }
}
return true
