import io.github.claudefleet.it.ItProject
import io.github.claudefleet.it.LoopbackStandIn
import io.github.claudefleet.it.ThrowawayEngine
import io.github.claudefleet.it.FleetLifecycle

def shared = ItProject.of(basedir, mavenHome, settings, localRepositoryPath)
def engine = ThrowawayEngine.docker26()
def standIn = LoopbackStandIn.start(new File(basedir, 'target/tls').toPath())
def project = shared.on(engine, standIn)

try {
    def info = project.engine().info()
    assert info.version().startsWith('26.') && info.apiVersion() == '1.44'

    new FleetLifecycle(project).live('engine-26')
} finally {
    engine.close()
    standIn.close()
    project.close()
    shared.close()
}
return true
