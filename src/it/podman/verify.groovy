import groovy.json.JsonSlurper
import io.github.claudefleet.gateway.GatewayImage
import io.github.claudefleet.it.FleetLifecycle
import io.github.claudefleet.it.ItProject
import io.github.claudefleet.it.LoopbackStandIn
import io.github.claudefleet.it.ThrowawayPodman

def shared = ItProject.of(basedir, mavenHome, settings, localRepositoryPath)
def standIn = LoopbackStandIn.start(new File(basedir, 'target/tls').toPath())
def on = { ThrowawayPodman.Networks networks, Closure what ->
    def engine = ThrowawayPodman.create(networks)
    try {
        shared.on(engine, standIn).withCloseable { project -> what(engine, project) }
    } finally {
        engine.close()
    }
}

try {
    on(ThrowawayPodman.Networks.THE_MACHINES) { engine, project ->
        def fleet = new FleetLifecycle(project)
        fleet.live('podman')
        new File(basedir, 'token').text = 'sk-ant-oat01-standin.podman.setup'
        fleet.liveByToken('token')
    }
    // This Podman resolves no container's name: behind the fence, and without it, a rehearsal needs none.
    on(ThrowawayPodman.Networks.ITS_OWN) { engine, project ->
        engine.load(GatewayImage.ensure())
        project.asFleet('podman-rehearsal').withCloseable { rehearsed ->
            ['allow', 'open'].each { mode ->
                rehearsed.maven('-B', 'claude-fleet:run', '-Dclaude-fleet.rehearsal', '-Dclaude-fleet.network=',
                        '-Dclaude-fleet.egress.mode=' + mode, '-Dclaude-fleet.image.caBundle=' + System.getProperty('standin.bundle')).succeeded()
                        .says('REHEARSAL | Fleet podman-rehearsal: 2 agents ready')
                def tasks = new JsonSlurper().parse(new File(basedir, 'target/claude-fleet/fleet.json')).tasks
                assert tasks*.outcome == ['done'] : mode + tasks*.reason
                assert tasks[0].answer.startsWith('REHEARSAL: there is no script for worker')
                assert rehearsed.leftovers() == []
            }
        }
    }
} finally {
    standIn.close()
    shared.close()
}
return true
