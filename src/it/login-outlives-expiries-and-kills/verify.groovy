import io.github.claudefleet.it.ItProject
import io.github.claudefleet.it.LongRunningAgents
import java.time.Duration
import java.util.concurrent.CompletableFuture
import java.util.concurrent.TimeUnit

ItProject.of(basedir, mavenHome, settings, localRepositoryPath).withCloseable { project ->
    def docker = project.docker()
    // Fewer agents and expiries for each run of all tests; `bin/test --matrix` has the whole of them.
    def whole = Boolean.getBoolean('matrix.all')
    def many = whole ? 10 : 4
    def seed = System.nanoTime()
    def random = new Random(seed)
    println "The moments of the kills are those of seed $seed"
    def login = { String kind, Duration left -> new LongRunningAgents(project, "$kind-$seed", 'login-' + kind).prepare(left) }
    def fleets = [:]
    def named = { String name -> 'login-outlives-expiries-and-kills-' + name }
    def start = { String kind, String name, int count ->
        fleets[name] = project.asFleet(named(name))
        project.maven('-B', 'claude-fleet:start', '-Dclaude-fleet.name=' + named(name),
                '-Dclaude-fleet.auth.directory=login-' + kind, '-Dworkers=' + count).succeeded()
        fleets[name]
    }
    def keepers = { List some -> some.collect { it.address(it.agent('auth')) } as Set }
    def workers = { fleet -> fleet.containers().findAll { it.label('io.github.claudefleet.role').get() == 'agent' } }
    def ended = { List some ->
        some.collectMany { fleet -> workers(fleet).collect { fleet.awaitEnd(it.label('io.github.claudefleet.agent').get()) } }
    }
    def state = { String id -> project.engine().containers().find(id).get().state().name() }
    def copies = []
    try {
        // The control: what shares a login by copying it fails the very checks that the fleets pass below.
        def copied = login('copied', Duration.ofHours(-1))
        copies = (1..(whole ? 10 : 6)).collect { number ->
            def copy = new File(basedir, 'copy-' + number).path
            assert ['cp', '-a', basedir.path + '/login-copied', copy].execute().waitFor() == 0
            docker.run('run', '--detach', '--init', '--user', ItProject.AGENT_USER.toString(),
                    '--network', System.getProperty('standin.network'),
                    '--env', 'HOME=/tmp', '--env', 'CLAUDE_CONFIG_DIR=/tmp/.claude',
                    '--env', 'CLAUDE_SECURESTORAGE_CONFIG_DIR=/login', '--env', 'NODE_EXTRA_CA_CERTS=/ca.pem',
                    '--volume', copy + ':/login', '--volume', System.getProperty('standin.bundle') + ':/ca.pem:ro',
                    '--workdir', '/tmp', project.bundledImage(), 'claude', '-p', 'Work until it is enough',
                    '--output-format', 'stream-json', '--verbose', '--permission-mode', 'bypassPermissions')
        }
        def awaitAtMost = { int most -> (1..900).find { sleep 200; copies.count { state(it) == 'RUNNING' } <= most } }
        assert awaitAtMost(copies.size().intdiv(2)) : 'most of them are logged out'
        copied.enough()
        assert awaitAtMost(0)
        assert copied.problemsOf(copies.collect { project.engine().containers().find(it).get() }).size() >= copies.size().intdiv(2)
        assert copied.problemsOfRenewal([] as Set).any { it.startsWith('not all renewals worked') }

        // Three logins at once: many agents, many agents of which one is killed all the time, and two fleets on one login.
        def works = ['calm', 'killed', 'shared'].collectEntries { [it, login(it, Duration.ofHours(8))] }
        def users = [calm: [start('calm', 'calm', many)], killed: [start('killed', 'killed', many)],
                shared: [start('shared', 'one', 2), start('shared', 'two', 2)]]
        def renewers = users.collectEntries { kind, some -> [kind, keepers(some)] }
        def expire = { List kinds ->
            kinds.each { works[it].comeNearTheEnd() }
            kinds.collectMany { users[it] }.each { it.exec(it.agent('auth'), 'sh', '-c', 'kill $(pidof sleep)') }
            kinds.each { works[it].expire() }
            kinds.each { kind -> works[kind].awaitWorkers(users[kind].sum { workers(it).size() }) }
        }
        def victims = workers(fleets.killed)*.id()
        def kills = CompletableFuture.runAsync {
            (3 * many).times {
                sleep random.nextInt(5_000)
                def victim = victims[random.nextInt(victims.size())]
                docker.run('kill', '--signal', 'KILL', victim)
                assert (1..600).find { sleep 100; state(victim) != 'RUNNING' }
                docker.run('start', victim)
            }
        }
        many.times { expire(works.keySet() as List) }
        kills.get(5, TimeUnit.MINUTES)
        expire(['killed'])
        users.values().flatten().each { fleet -> assert workers(fleet).every { it.state().name() == 'RUNNING' } }

        // One fleet goes, the other one has the login to itself.
        project.maven('-B', 'claude-fleet:stop', '-Dclaude-fleet.name=' + named('one')).succeeded()
        assert fleets.one.leftovers() == []
        users.shared = [fleets.two]
        expire(['shared'])

        works.values()*.enough()
        works.each { kind, work ->
            assert work.problemsOf(ended(users[kind])) == []
            assert work.problemsOfRenewal(renewers[kind]) == []
        }
    } catch (AssertionError e) {
        fleets.values().each { fleet -> fleet.containers().each { println "${it.name()}: ${fleet.log(it).takeRight(8).join('\n')}" } }
        throw e
    } finally {
        copies.each { docker.run('rm', '--force', it) }
        fleets.values().each { it.cleanUp(); it.close() }
    }
}
return true
