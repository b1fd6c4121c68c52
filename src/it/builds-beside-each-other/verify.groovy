import io.github.claudefleet.it.ItProject
import java.time.Duration

ItProject.of(basedir, mavenHome, settings, localRepositoryPath).withCloseable { project ->
    def build = { String... more ->
        def maven = project.startMavenApart('-B', 'verify', '-Dway=pause', *more)
        maven.awaitOutput('between')
        maven
    }
    def ids = { String one -> project.running().findAll { it.label('io.github.claudefleet.build').get() == one }*.id() }
    def builds = { project.running()*.label('io.github.claudefleet.build')*.get().unique() }
    // The same project as another checkout of it.
    def checkout = new File(basedir, 'target/checkout')
    def other = null
    try {
        assert project.leftovers() == []
        def first = build()
        def one = builds()[0]
        assert ids(one).size() == 3
        def second = build()
        def two = (builds() - one)[0]
        assert ids(two).size() == 3 && project.containers()*.name().toSet().size() == 6
        def standing = ids(two)

        // A person sees both, and stops neither by accident.
        project.maven('-B', 'claude-fleet:stop').succeeded().says('Nothing to stop')
                .says('of the build with process id').says('which is under way')
        first.signal('KILL')
        first.await()
        assert (1..1200).find { sleep 100; ids(one) == [] }
        assert ids(two) == standing
        project.maven('-B', 'claude-fleet:status').succeeded().says('idle').says(project.agent('idle').name())

        // Maven and its watchdog both gone: the next one that starts anything sees to it, here or in another test.
        // The first one's watchdog looks some times more before it ends.
        assert (1..1200).find { sleep 100; project.watchdogs().size() == 1 } : project.watchdogs()
        def watchdogs = project.watchdogs()
        "kill -KILL ${watchdogs[0]}".execute().waitFor()
        second.signal('KILL')
        second.await()
        checkout.mkdirs()
        ['pom.xml', 'ways', 'login'].each { "cp -a ${new File(basedir, it)} $checkout".execute().waitFor() }
        other = project.module('target/checkout', project.name())
        other.handOver()
        other.maven('-B', 'claude-fleet:start').succeeded()
        assert ids(two) == []

        // Two checkouts of one name.
        project.maven('-B', 'claude-fleet:start').succeeded().says('1 agent ready')
        assert project.ownContainers().size() == 3 && other.ownContainers().size() == 3
        assert project.ownContainers()*.name().intersect(other.ownContainers()*.name()) == []
        project.maven('-B', 'claude-fleet:stop').succeeded().says('3 containers removed')
        assert project.ownContainers() == [] && other.ownContainers().size() == 3

        // A build joins the detached fleet of its project; what its pom says of stop holds for that as well.
        def before = other.ownContainers()*.id()
        other.maven('-B', 'pre-integration-test', '-Dway=quick').succeeded().says('this build joins it')
        assert other.ownContainers()*.id() == before || other.ownContainers() == [] : 'Maven 4 goes on to stop'
        other.maven('-B', 'claude-fleet:stop').succeeded()
        assert project.leftovers() == []
        [project, other].each { it.goneWithin(Duration.ofSeconds(120)) }
    } finally {
        project.cleanUp()
        other?.close()
    }
}
return true
