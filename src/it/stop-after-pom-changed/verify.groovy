import io.github.claudefleet.it.ItProject
import java.nio.file.Files

ItProject.of(basedir, mavenHome, settings, localRepositoryPath).withCloseable { project ->
    def docker = project.docker()
    def fleet = 'stop-after-pom-changed'
    def label = 'io.github.claudefleet.fleet='
    def foreign = [:]
    def untouched = { foreign.each { id, kind -> assert docker.inspect(id).Id == id } }
    def container = { name, labels ->
        foreign[docker.run('create', '--name', name, '--label', labels, project.bundledImage(), 'true')] = 'container'
    }
    def network = { name, labels -> docker.run('network', 'create', '--label', labels, name) }
    def elsewhere = Files.createTempDirectory('no-pom')
    try {
        // Like the fleet's own, but for the label: another fleet's, and nobody's.
        container('claude-fleet-' + fleet + '-x-old-1', label + fleet + '-x')
        container('claude-fleet-' + fleet + '-old-3', 'made-by=' + fleet)
        foreign[network('claude-fleet-' + fleet + '-x', label + fleet + '-x')] = 'network'
        // What an earlier build left that did not share a network with others.
        network('claude-fleet-' + fleet, label + fleet)
        assert project.containers().size() == 3 && project.leftovers().size() == 5

        def stop = project.maven('-B', 'claude-fleet:stop', '-Dagent=new').succeeded()
        assert project.leftovers() == []
        untouched()
        stop.says("Fleet ${fleet} is stopped: 3 containers removed").says('the login stays')
        assert new File(basedir, 'login/.credentials.json').length() > 0

        project.maven('-B', 'claude-fleet:stop').succeeded()
                .says("Nothing to stop: the engine has nothing of fleet ${fleet}").says("${fleet}-x")

        project.maven('-B', 'claude-fleet:start').succeeded()
        assert project.containers().size() == 3
        project.mavenIn(elsewhere, '-B', project.goal('stop'), '-Dclaude-fleet.name=' + fleet).succeeded()
                .says("Fleet ${fleet} is stopped: 3 containers removed")
        assert project.leftovers() == []
        untouched()
    } finally {
        project.cleanUp()
        foreign.each { id, kind -> docker.run(kind, 'rm', id) }
        Files.delete(elsewhere)
    }
}
return true
