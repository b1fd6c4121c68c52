import io.github.claudefleet.it.ItProject
import io.github.claudefleet.it.LoopbackStandIn
import io.github.claudefleet.it.ThrowawayPodman
import io.github.claudefleet.it.FleetLifecycle

def shared = ItProject.of(basedir, mavenHome, settings, localRepositoryPath)
def engine = ThrowawayPodman.create(ThrowawayPodman.Networks.THE_MACHINES)
def standIn = LoopbackStandIn.start(new File(basedir, 'target/tls').toPath())
def project = shared.on(engine, standIn)

try {
    def fleet = new FleetLifecycle(project)
    fleet.live('podman')
    new File(basedir, 'token').text = 'sk-ant-oat01-standin.podman.setup'
    fleet.liveByToken('token')
} finally {
    engine.close()
    standIn.close()
    project.close()
    shared.close()
}
return true
