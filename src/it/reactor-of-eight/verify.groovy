import io.github.claudefleet.it.ItProject
import java.time.Duration

ItProject.of(basedir, mavenHome, settings, localRepositoryPath).withCloseable { project ->
    def modules = (1..8).collect { project.module('m' + it, 'reactor-of-eight-m' + it) }
    def up = { modules.findAll { it.running().size() == 3 } }
    try {
        def log = project.buildLog()
        modules.each {
            assert it.leftovers() == []
            assert log.contains("Fleet ${it.name()}: 1 agent ready")
            assert log.contains("Fleet ${it.name()} is stopped: 3 containers removed")
        }
        assert project.leftovers() == [] && project.watchdogs() == []

        def dying = project.startMavenApart('-B', '-T', '4', 'verify', '-Dpause=300')
        assert (1..1800).find { sleep 100; up().size() >= 4 } : dying.output()
        assert up()*.running().flatten()*.label('io.github.claudefleet.build').unique().size() == 1
        dying.signal('KILL')
        dying.await()
        modules.each { it.goneWithin(Duration.ofSeconds(120)) }
        assert project.goneWithin(Duration.ofSeconds(120)) && project.watchdogs() == []
    } finally {
        modules.each { it.cleanUp(); it.close() }
        project.cleanUp()
    }
}
return true
