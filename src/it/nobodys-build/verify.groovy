import groovy.json.JsonSlurper
import io.github.claudefleet.it.GitRepository
import io.github.claudefleet.it.ItProject

ItProject.of(basedir, mavenHome, settings, localRepositoryPath).withCloseable { project ->
    def docker = project.docker()
    def socket = project.engine().info().address() - 'unix://'
    def group = java.nio.file.Files.getAttribute(new File(socket).toPath(), 'unix:gid').toString()
    def java = new File(System.getProperty('java.home')).canonicalPath
    // What this machine's JDK and Maven are made of, where a distribution has spread them.
    def parts = ['/usr', *new File('/etc').listFiles()*.path.findAll { it ==~ '/etc/(alternatives|maven|java.*)' }]
    // The local repository may be in a home directory that another user can't enter.
    def mounts = ['--volume', "$localRepositoryPath:/repository".toString()]
    mounts += [*parts, java, new File(mavenHome).canonicalPath, new File(settings).parent, basedir.path, System.getProperty('standin.bundle'), socket]
            .unique().collectMany { ['--volume', "$it:$it".toString()] }
    def home = new File(basedir, 'home')
    def maven = { String... goals ->
        [new File(mavenHome, 'bin/mvn').canonicalPath, *project.mavenArguments('--batch-mode', '--offline', '-Dclaude-fleet.auth.directory=~/.claude-fleet/login',
                '-Dclaude-fleet.workspace.root=~/.claude-fleet/workspaces', '-Dclaude-fleet.workspace.strategy=worktree', *goals)]
                .collect { it.startsWith('-Dmaven.repo.local=') ? '-Dmaven.repo.local=/repository' : it }
                .collect { "'$it'" }.join(' ')
    }
    // A number without an entry in /etc/passwd, in the group of root as OpenShift has it.
    def build = { List options, String commands ->
        def id = docker.run('run', '--detach', '--network', 'none', '--workdir', basedir.path, '--user', '12345:0', '--group-add', group,
                '--env', "JAVA_HOME=$java", '--env', 'LC_ALL=POSIX', '--env', 'MAVEN_OPTS=-XX:TieredStopAtLevel=1', *options, *mounts,
                System.getProperty('it.baseImage'), 'sh', '-c', commands).readLines().last()
        try {
            def status = docker.run('wait', id)
            [status, docker.run('logs', id)]
        } finally {
            docker.run('rm', '--force', id)
        }
    }
    def git = GitRepository.at(basedir)
    try {
        def (status, said) = build(['--env', "HOME=$home"], maven('verify'))
        println said
        assert status == '0'
        assert !new File(basedir, '?').exists() : 'Java has a home of its own idea'
        def task = new JsonSlurper().parse(new File(basedir, 'target/claude-fleet/fleet.json')).tasks[0]
        assert task.outcome == 'done'
        assert git('show', 'claude-fleet/nobodys-build/greeter:who.txt') == 'claude-fleet-agent 12345 /home/agent /home/agent' : 'the image has an agent of its own'
        def answers = []
        new File(basedir, 'target/claude-fleet').eachFileRecurse { if (it.file && it.getText('UTF-8').contains('\u00dcbersicht')) answers << it.name }
        assert answers
        assert project.containers().empty

        // Docker's configuration is that of HOME, broken or not; the engine alone says HOME=/ where nobody set it.
        def dockers = new File(home, '.docker')
        dockers.mkdirs()
        new File(dockers, 'config.json').text = '{"currentContext":"gone"}'
        assert ['chown', '-R', '12345:0', dockers.path].execute().waitFor() == 0
        def (context, contextSaid) = build(['--env', "HOME=$home"], maven('claude-fleet:status') + '; printf { >' + "'$home/.docker/config.json'; " + maven('claude-fleet:stop'))
        println contextSaid
        assert contextSaid.contains('docker context "gone" does not exist in ' + dockers)
        assert contextSaid.contains("$dockers/config.json can't be used")
        assert context == '0' : 'stop works whatever that file is like'

        def (homeless, homelessSaid) = build([], maven('claude-fleet:start') + '; env -u HOME ' + maven('claude-fleet:start'))
        println homelessSaid
        assert homeless != '0'
        assert homelessSaid.contains("workspace.root /.claude-fleet/workspaces can't have the agents' workspaces: / can't be written (it belongs to user 0); it is your home directory")
        assert homelessSaid.contains('HOME is not set, and the system has no home directory for this user')
        assert homelessSaid.count('Set HOME to a directory') == 2
        assert project.containers().empty && project.networks().empty
    } finally {
        project.cleanUp()
    }
}
return true
