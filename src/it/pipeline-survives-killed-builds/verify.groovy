import groovy.json.JsonSlurper
import io.github.claudefleet.it.ItProject
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest

ItProject.of(basedir, mavenHome, settings, localRepositoryPath).withCloseable { project ->
    def docker = project.docker()
    def collector = null
    try {
        collector = docker.run('run', '--detach', '--network', System.getProperty('standin.network'),
                '--network-alias', 'collector', '--publish', '127.0.0.1::4318',
                '--volume', new File(basedir, 'receiver.js').path + ':/receiver.js:ro',
                System.getProperty('it.baseImage'), 'node', '/receiver.js').readLines().last()
        docker.awaitLog(collector, 'ready')
        def traced = [OTEL_EXPORTER_OTLP_ENDPOINT: 'http://' + docker.run('port', collector, '4318').readLines()[0]]
        def received = { String path, String type ->
            docker.run('logs', collector).readLines()*.split(' ')
                    .findAll { it[0] == '/v1/' + path && it[1] == 'application/' + type }*.getAt(2)*.decodeBase64()
        }
        def ofMaven = {
            received('traces', 'x-protobuf').collect { ExportTraceServiceRequest.parseFrom(it) }*.resourceSpansList.flatten()
                    *.scopeSpansList.flatten()*.spansList.flatten()
        }
        def ofCli = { String path -> received(path, 'json').collect { new JsonSlurper().parse(it) } }
        def hex = { bytes -> bytes.toByteArray().encodeHex().toString() }
        def worked = new File(basedir, 'worked.txt')
        def awaitWork = { String line -> assert (1..1200).find { sleep 100; worked.exists() && worked.readLines().contains(line) } }

        project.startMavenWith(traced, '-B', 'claude-fleet:start').await().succeeded()
        def first = project.startMavenWith(traced, '-B', 'claude-fleet:await')
        awaitWork('round 2')
        first.signal('KILL')
        assert first.await().exitCode() != 0
        assert worked.readLines() == ['round 1', 'round 2'] : 'killed in the second round'

        def second = project.startMavenWith(traced, '-B', 'claude-fleet:await')
        awaitWork('reviewed')
        second.signal('KILL')
        assert second.await().exitCode() != 0
        assert (1..600).find { sleep 100; project.log(project.agent('reviewer')).any { it.contains('"subtype":"end"') } }
        assert worked.readLines() == ['round 1', 'round 2', 'round 3', 'reviewed'] : 'killed between two stages'
        assert ofMaven() == [] : 'the run has not ended yet'

        project.startMavenWith(traced, '-B', 'claude-fleet:await').await().succeeded().says('3 of 3 tasks done')
        assert worked.readLines() == ['round 1', 'round 2', 'round 3', 'reviewed', 'approved'] : 'nothing is done twice'
        assert new File(basedir, 'checks.txt').readLines().size() == 3
        def tasks = new JsonSlurper().parse(new File(basedir, 'target/claude-fleet/fleet.json')).tasks.collectEntries { [it.task, it] }
        assert tasks.collectEntries { name, task -> [name, [task.outcome, task.attempts]] } ==
                [fixer: ['done', 3], reviewer: ['done', 1], approver: ['done', 1]]
        assert tasks.fixer.check.rounds*.round == [1, 2, 3] && tasks.fixer.check.rounds*.exitCode == [1, 1, 0]
        assert tasks.approver.answer == 'approved'

        def begun = ['fixer', 'reviewer', 'approver'].collectMany { agent ->
            new File(basedir, "target/claude-fleet/$agent/events.jsonl").readLines()
                    .findAll { it.contains('"subtype":"begin"') }.collect { new JsonSlurper().parseText(it) }
        }
        assert begun.size() == 5 && begun*.trace.toSet().size() == 1 && begun*.span.toSet().size() == 5
        def trace = begun[0].trace
        def attempts = begun*.span.toSet()

        def own = ofMaven()
        assert own*.name.sort() == ['fleet pipeline-survives-killed-builds', 'invoke_agent approver', *(['invoke_agent fixer'] * 3),
                                    'invoke_agent reviewer', 'task approver', 'task fixer', 'task reviewer']
        assert own.collect { hex(it.traceId) }.unique() == [trace]
        assert own.findAll { it.name.startsWith('invoke_agent') }.collect { hex(it.spanId) }.toSet() == attempts

        // Claude Code's own. The probe of the login is not part of the run. Metrics have no trace.
        def spans = ofCli('traces')*.resourceSpans.flatten()*.scopeSpans.flatten()*.spans.flatten().findAll { it.traceId == trace }
        def interactions = spans.findAll { it.name == 'claude_code.interaction' }
        // Claude Code gives up after 2 s what it could not send as it ends, so that a busy machine has not all of them.
        assert interactions != [] && attempts.containsAll(interactions*.parentSpanId) : spans*.name
        assert interactions*.spanId.containsAll(spans.findAll { it.name == 'claude_code.llm_request' }*.parentSpanId)
        def logs = ofCli('logs')*.resourceLogs.flatten()*.scopeLogs.flatten()*.logRecords.flatten().findAll { it.traceId == trace }
        def known = attempts + spans*.spanId
        assert logs.findAll { it.body.stringValue == 'claude_code.user_prompt' }*.spanId.every { known.contains(it) }
        def sessions = logs*.attributes*.find { it.key == 'session.id' }*.value*.stringValue
        assert sessions != [] && tasks.values()*.session.containsAll(sessions)
        assert ofCli('metrics') != []

        project.maven('-B', 'claude-fleet:stop', 'claude-fleet:verify').succeeded().says('verified')
        assert project.leftovers() == []
    } finally {
        project.cleanUp()
        if (collector != null) docker.run('rm', '--force', collector)
    }
}
return true
