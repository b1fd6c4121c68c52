import groovy.json.JsonSlurper
import io.github.claudefleet.it.ItProject

ItProject.of(basedir, mavenHome, settings, localRepositoryPath).withCloseable { project ->
    def key = 'sk-ant-api03-standin.egress'
    def results = new File(basedir, 'target/claude-fleet')
    def crowd
    def seen = { String agent -> project.docker().inspect(project.agent(agent).id()) }
    // The stand-in answers 404 on a path that it doesn't have: the request got there.
    def asks = { String agent, String address ->
        def asked = project.exec(project.agent(agent), 'git', 'ls-remote', address)
        asked.output() + asked.errors()
    }
    def answers = { String agent ->
        project.exec(project.agent(agent), 'timeout', '60', 'claude', '-p', 'Say yes').output().trim() == 'yes'
    }
    try {
        assert project.result(project.agent('worker')).result == 'yes'

        // Who reaches what.
        assert asks('idle', 'https://platform.claude.com/x') =~ /not found|404/
        assert asks('idle', 'https://elsewhere.example.org/x').contains('response 403')
        assert asks('alone', 'https://platform.claude.com/x').contains('response 403')
        assert asks('idle', 'https://169.254.169.254/x').contains('response 403')
        assert answers('alone') && answers('idle') && answers('outside')
        def around = project.exec(project.agent('idle'), 'sh', '-c', 'unset https_proxy HTTPS_PROXY; git ls-remote https://platform.claude.com/x')
        assert around.errors().contains('Could not resolve host')

        // No network and no credential. The one that is outside has both.
        ['worker', 'idle', 'alone'].each { agent ->
            assert seen(agent).HostConfig.NetworkMode == 'none'
            assert !seen(agent).Mounts.any { it.Destination == '/claude-fleet/secrets' }
        }
        assert seen('outside').Mounts.any { it.Destination == '/claude-fleet/secrets' && !it.RW }
        def everything = 'cat /proc/[0-9]*/environ /claude-fleet/*/* /claude-fleet/*/*/* "$HOME"/.claude/* 2>/dev/null'
        assert !project.exec(project.agent('idle'), 'sh', '-c', everything).output().contains(key)
        assert project.exec(project.agent('outside'), 'sh', '-c', everything).output().contains(key) : 'the search does find it'
        assert project.standIn().requests('egress').findAll { it.status() == 200 }.every { it.credential() == 'api key egress' }

        // A second start changes the policy of the gateway that runs, and no agent that may keep its container.
        def before = project.containers().collectEntries { [it.name(), it.id()] }
        project.maven('-B', 'claude-fleet:start').succeeded().saysNot('Created').saysNot('Replaced')
        project.maven('-B', 'claude-fleet:start', '-Dfurther=other.example.org').succeeded()
        def gateway = project.agent('gateway')
        assert before[gateway.name()] == gateway.id() : 'the gateway was not made anew'

        // Dead is closed, and it comes back with its policy.
        project.exec(gateway, 'sh', '-c', 'kill -9 $(pidof node) & sleep 5')
        assert (1..60).find { answers('idle') } : project.log(gateway)
        assert asks('idle', 'https://elsewhere.example.org/x').contains('response 403')

        // Many agents wait for an answer while the gateway dies. Each asks again, and gets its own.
        def many = Boolean.getBoolean('matrix.all') ? 40 : 6
        crowd = project.module('crowd', 'egress-crowd')
        def prompts = new File(crowd.directory().toFile(), 'prompts')
        prompts.mkdirs()
        (1..many).each { new File(prompts, "${it}.md").text = "Number $it" }
        crowd.handOver()
        crowd.maven('-B', 'claude-fleet:start', "-Dagents=$many").succeeded()
        // Longer than the last one takes to ask.
        project.standIn().behaviour('crowd', 'slow:400000')
        def waiting = crowd.startMaven('-B', 'claude-fleet:await', "-Dagents=$many").closeInput()
        def asking = { project.standIn().requests('crowd').findAll { it.note() =~ /turn 0: Number/ }*.session().toSet().size() }
        assert (1..1500).find { sleep 200; asking() == many } : asking()
        def memory = project.docker().run('stats', '--no-stream', '--format', '{{.MemUsage}}', crowd.agent('gateway').id())
        println "The gateway of $many agents takes $memory"
        assert memory ==~ /\d{2}(\.\d+)?MiB .*/ : 'below 100 MiB'
        project.standIn().behaviour('crowd', 'ok')
        crowd.exec(crowd.agent('gateway'), 'sh', '-c', 'kill -9 $(pidof node)')
        waiting.await().succeeded()
        def tasks = new JsonSlurper().parse(new File(crowd.directory().toFile(), 'target/claude-fleet/fleet.json')).tasks
        assert tasks.collect { [it.task, it.outcome, it.answer] }.toSet() ==
                (1..many).collect { ['one/' + it, 'done', 'The stand-in was asked: Number ' + it] }.toSet()

        crowd.maven('-B', 'claude-fleet:stop', "-Dagents=$many").succeeded()
        assert crowd.leftovers() == []

        // What was refused is told, with what would allow it.
        def awaited = project.maven('-B', 'claude-fleet:await').succeeded()
        awaited.says('Agent idle was refused elsewhere.example.org')
        awaited.says('<allow>elsewhere.example.org</allow>')
        assert new File(results, 'summary.md').text.contains('<allow>elsewhere.example.org</allow>')
        assert new File(results, 'report.html').text.contains('&lt;allow&gt;elsewhere.example.org&lt;/allow&gt;')
        def uses = new JsonSlurper().parse(new File(results, 'fleet.json')).egress
        assert uses.any { it.agent == 'idle' && it.host == 'elsewhere.example.org' && it.refused >= 2 && it.reason == 'not_allowed' }
        assert uses.any { it.agent == 'worker' && it.host == 'api.anthropic.com' && it.requests >= 1 && it.refused == 0 }
        assert !uses.any { it.host.endsWith('.invalid') || it.agent == 'outside' }

        def doctor = project.maven('-B', 'claude-fleet:doctor').output()
        assert doctor =~ /pass +fence of agent idle: reaches others through the gateway alone/
        project.maven('-B', 'claude-fleet:start', '-Dclaude-fleet.network=host').failed()
                .says('network is host').says('set egress.mode to open')
        project.maven('-B', 'claude-fleet:stop').succeeded()
        assert project.leftovers() == []
    } finally {
        crowd?.cleanUp()
        crowd?.close()
        project.cleanUp()
    }
}
return true
