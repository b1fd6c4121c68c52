import groovy.json.JsonSlurper
import io.github.claudefleet.it.ItProject

ItProject.of(basedir, mavenHome, settings, localRepositoryPath).withCloseable { project ->
    def shown = { String text, String agent -> text.readLines().findAll { it =~ /^\[INFO] ${agent} +\| / } }
    try {
        def worker = project.agent('worker')
        assert worker.exitCode().get() == 0 : 'following ended with the agent'
        def log = project.buildLog()
        assert shown(log, 'worker').size() == project.log(worker).size()
        // The engine reads the two streams of a container side by side: which of them comes first is anybody's guess.
        assert shown(log, 'worker').contains('[INFO] worker | claude-fleet: agent worker ready')
        assert shown(log, 'idle').empty
        assert log =~ /(?m)^\[INFO] AGENT +STATE +UPTIME +CONTAINER +IMAGE +LOGIN$/
        assert log =~ /(?m)^\[INFO] auth +keeping +\S+ +${project.stem()}-auth +${project.bundledImage()} +login, shared: login; token good for \S+ \S+$/
        assert log =~ /(?m)^\[INFO] idle +ready +\S+ +${project.stem()}-idle +${project.bundledImage()} +login, shared: login$/
        assert log =~ /(?m)^\[INFO] worker +working +\S+ +${project.stem()}-worker +${project.bundledImage()} +login, shared: login$/
        def status = new JsonSlurper().parse(new File(basedir, 'target/status.json'))
        assert status.schemaVersion == 1 && status.fleet == 'status-and-logs'
        assert status.agents.collectEntries { [it.name, it.state] } == [auth: 'keeping', gateway: 'ready', idle: 'ready', worker: 'working']
        assert status.agents*.containerId == project.containers()*.id()

        def all = project.maven('-B', 'claude-fleet:status', 'claude-fleet:logs', '-Dclaude-fleet.tail=1',
                '-Dclaude-fleet.agent=auth,idle,worker').succeeded().output()
        assert all =~ /(?m)^\[INFO] worker +done \(exit 0\) +- /
        assert shown(all, 'auth') == ['[INFO] auth   | claude-fleet: keeper up']
        assert shown(all, 'idle') == ['[INFO] idle   | claude-fleet: agent idle ready']
        assert shown(all, 'worker').size() == 1 && shown(all, 'worker')[0].contains('"subtype":"end"')

        project.maven('-B', 'claude-fleet:logs', '-Dclaude-fleet.agent=nobody').failed()
                .says('agent "nobody" has no container in fleet status-and-logs. There are: auth, gateway, idle, worker.')
        project.maven('-B', 'claude-fleet:stop', 'claude-fleet:status').succeeded()
                .says('Fleet status-and-logs: nothing is up. Start it with: mvn claude-fleet:start')
        assert project.leftovers() == []
    } finally {
        project.cleanUp()
    }
}
return true
