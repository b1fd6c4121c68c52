import groovy.json.JsonSlurper
import io.github.claudefleet.it.ItProject
import java.nio.file.Files
import java.nio.file.attribute.FileTime
import java.time.Instant

ItProject.of(basedir, mavenHome, settings, localRepositoryPath).withCloseable { project ->
    def file = project.directory().resolve('login/.credentials.json')
    def login = Files.readString(file)
    // How much memory and disk there is, is the machine's own affair.
    def ofTheMachine = ['memory', 'disk', 'workspace disk', 'proxy']
    def outcomes = { String json ->
        def report = new JsonSlurper().parse(new File(basedir, json))
        assert report.schemaVersion == 1
        assert report.findings.every { it.detail && (it.remedy as boolean) == (it.outcome in ['warn', 'fail']) }
        def byCheck = report.findings.collectEntries { [it.check, it.outcome] }
        assert byCheck.size() == report.findings.size()
        assert byCheck.memory in ['pass', 'warn'] && byCheck.disk in [null, 'pass', 'warn'] && byCheck.proxy in ['pass', 'warn']
        assert ['pass', 'warn', 'fail', 'skipped'].every { word -> report.summary[word] == report.findings.count { it.outcome == word } }
        byCheck
    }
    def host = ['login directory': 'pass', 'credentials file': 'pass', 'refresh lock': 'pass', workspace: 'pass']
    // It looks every 20 s; without its nap, at once.
    def keeperSays = { String word ->
        def end = System.nanoTime() + 120_000_000_000
        def look = 'kill $(grep -lx sleep /proc/[0-9]*/comm | cut -d / -f 3); cat /claude-fleet/kit/state/keeper'
        while (!project.exec(project.agent('auth'), 'sh', '-c', look).output().contains('doing=' + word)) {
            assert System.nanoTime() < end : project.log(project.agent('auth'))
            sleep 500
        }
    }
    def without = { Map map -> map.findAll { !(it.key in ofTheMachine) && !it.key.startsWith('room ') } }
    try {
        def before = project.buildLog()
        // It is not, where only this project is run on an engine that no other has used.
        def built = project.engine().images().find(project.bundledImage()).isPresent()
        assert project.leftovers() == [] : 'looking makes nothing'
        assert without(outcomes('target/before.json')) == [engine: 'pass', image: built ? 'pass' : 'warn', *: host,
                'inside the auth container': 'skipped', login: 'skipped', 'other fleets': 'pass', leftovers: 'pass']
        assert ['room in memory', 'room for processes', 'room on the network'].every { outcomes('target/before.json')[it] == 'pass' }
        assert before =~ /(?m)^\[INFO] pass  engine: \S+ \(API \S+\) at \S+$/
        assert before.contains("[INFO] pass  credentials file: ${file}")
        assert before.contains('[INFO] skip  inside the auth container: none is up; mvn claude-fleet:auth starts it')
        assert project.standIn().requests(context.account) == [] : 'nothing that could ask is up'

        project.maven('-B', 'claude-fleet:start').succeeded()
        def up = project.containers()*.id()
        def proofs = project.standIn().counts(context.account).messages()
        def doctor = { String json -> project.maven('-B', 'claude-fleet:doctor', "-Dclaude-fleet.doctorFile=${json}") }
        def running = [engine: 'pass', image: 'pass', *: host, claude: 'pass', clock: 'pass',
                'name resolution': 'pass', 'TLS to the API': 'pass', 'login mount': 'pass', 'other fleets': 'pass', 'agent one': 'pass', 'agent two': 'pass', 'fence of agent one': 'pass', 'fence of agent two': 'pass', keeper: 'pass', login: 'pass',
                "login's end": 'pass', leftovers: 'pass']
        def healthy = doctor('target/running.json').succeeded().output()
        def found = outcomes('target/running.json')
        assert without(found) == running && found.disk != null
        assert healthy =~ /(?m)^\[INFO] pass  claude: \d+\.\d+\.\d+ /
        assert healthy =~ /(?m)^\[INFO] pass  name resolution: \S+ +api\.anthropic\.com/
        assert healthy =~ /(?m)^\[INFO] (pass|warn)  disk: \d+ [GM]iB free on the engine/
        assert healthy =~ /(?m)^\[INFO] pass  agent one: reads the login at \/\S+, CLAUDE_CONFIG_DIR=\/\S+$/
        assert healthy =~ /(?m)^\[INFO] pass  keeper: token good for 7h 5\dm$/
        assert healthy =~ /(?m)^\[INFO] pass  login: a real request was answered \(claude\.ai\)$/
        assert healthy =~ /(?m)^\[INFO] pass  login's end: lives for another \d+/
        assert project.standIn().counts(context.account).messages() == proofs + 1
        def token = new JsonSlurper().parseText(login).claudeAiOauth.accessToken
        assert project.searchFor(token).in('doctor', healthy)
                .in('doctorFile', new File(basedir, 'target/running.json').text).findings() == []

        // What the containers see is the directory that was there when they were started.
        def old = project.directory().resolve('login-old')
        Files.move(project.directory().resolve('login'), old)
        project.logIn(context.account + '-other').handOver()
        doctor('target/replaced.json').failedPlainly()
                .says('FAIL  agent one: sees another login at /claude-fleet/login/.credentials.json than the one in ')
        assert without(outcomes('target/replaced.json')) ==
                running + ['login mount': 'fail', 'agent one': 'fail', 'agent two': 'fail']
        assert project.directory().resolve('login').toFile().deleteDir()
        Files.move(old, project.directory().resolve('login'))

        // A certificate that is not trusted any more.
        def bundle = '/claude-fleet/kit/ca-bundle.pem'
        assert project.exec(project.agent('auth'), 'sh', '-c',
                "cp $bundle /tmp/bundle && chmod u+w $bundle && : >$bundle".toString()).succeeded()
        doctor('target/untrusted.json').failedPlainly()
                .says("FAIL  TLS to the API: api.anthropic.com has a certificate that is not trusted inside (")
                .says("-> name the company's certificates with image.caBundle")
        assert project.exec(project.agent('auth'), 'sh', '-c',
                "cat /tmp/bundle >$bundle && chmod u-w $bundle".toString()).succeeded()

        // A lock that nobody holds, as an aborted refresh leaves it; the keeper clears it before long.
        def lock = Files.createDirectory(project.directory().resolve('login/.oauth_refresh.lock'))
        Files.setLastModifiedTime(lock, FileTime.from(Instant.now().minusSeconds(600)))
        doctor('target/lock.json').succeeded()
        assert outcomes('target/lock.json')['refresh lock'] == 'warn'
        lock.toFile().deleteDir()

        // Another fleet on the same login, whose agents a logout would leave without one.
        def other = '-Dclaude-fleet.name=doctor-other'
        project.maven('-B', 'claude-fleet:start', other).succeeded()
        try {
            doctor('target/other.json').succeeded().says('pass  other fleets: doctor-other (2 agents up): on this login, too')
            project.maven('-B', 'claude-fleet:stop').succeeded()
            project.maven('-B', 'claude-fleet:logout').failedPlainly()
                    .says('auth.directory is the login of fleet "doctor-other" too')
                    .says('mvn claude-fleet:stop -Dclaude-fleet.name=doctor-other')
        } finally {
            project.maven('-B', 'claude-fleet:stop', other).succeeded()
        }
        project.maven('-B', 'claude-fleet:start').succeeded()
        up = project.containers()*.id()
        login = Files.readString(file)

        // The keeper would put it back.
        Files.delete(project.directory().resolve('login/.credentials.json.last-good'))
        Files.writeString(file, login.replaceAll(/"(access|refresh)Token":"[^"]*"/, '"$1Token":""'))
        keeperSays('expired')
        doctor('target/blank.json').failedPlainly()
                .says("[INFO] FAIL  credentials file: expired or revoked (${file} holds a login that was ended) -> "
                        + 'Sign in again: mvn claude-fleet:auth in a terminal.')
                .says('[INFO] FAIL  keeper: expired or revoked: sign in again -> sign in: mvn claude-fleet:auth in a terminal')
                .says("The fleet can't work: credentials file, keeper, login. Each line above that begins with FAIL")
        assert without(outcomes('target/blank.json')) ==
                running.findAll { it.key != "login's end" } + ['credentials file': 'fail', keeper: 'fail', login: 'fail']

        Files.writeString(file, login)
        Files.setAttribute(file, 'unix:uid', 4242)
        keeperSays('keeping')
        doctor('target/owner.json').failedPlainly()
                .says("FAIL  credentials file: the credentials file belongs to another user (${file} is of user 4242, "
                        + 'containers run as 1000)')
                .says('warn  agent one: sees an older access token than the one in ')
                .says("The fleet can't work: credentials file, login.")
        Files.setAttribute(file, 'unix:uid', ItProject.AGENT_USER.uid())

        project.maven('-B', 'claude-fleet:doctor', '-Dclaude-fleet.engine=unix:///nowhere.sock',
                '-Dclaude-fleet.doctorFile=target/nowhere.json').failedPlainly()
                .says('[INFO] FAIL  engine: ').says('/nowhere.sock')
                .says("[INFO] pass  credentials file: ${file}")
                .says("The fleet can't work: engine. Each line above")
        def nowhere = new JsonSlurper().parse(new File(basedir, 'target/nowhere.json')).findings
        assert without(nowhere.collectEntries { [it.check, it.outcome] }) == [engine: 'fail', *: host]

        // The keeper copies the login for agents within 20 s.
        assert (1..20).find { sleep 2000; doctor('target/mended.json').succeeded() && without(outcomes('target/mended.json')) == running }
        assert project.running()*.id() == up && Files.readString(file) == login : 'the doctor changed nothing'
        project.maven('-B', 'claude-fleet:stop').succeeded()
        assert project.leftovers() == []
    } finally {
        project.cleanUp()
    }
}
return true
