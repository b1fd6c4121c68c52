import io.github.claudefleet.it.ItProject
import java.nio.file.Files

ItProject.of(basedir, mavenHome, settings, localRepositoryPath).withCloseable { project ->
    def docker = project.docker()
    def fleet = 'stop-after-pom-changed'
    def label = 'io.github.claudefleet.fleet'
    def foreign = [:]
    def untouched = { foreign.each { id, kind -> assert docker.inspect(id).Id == id } }
    def labelled = { Map<String, String> labels -> labels.collectMany { ['--label', it.key + '=' + it.value] } }
    def container = { name, labels ->
        foreign[docker.run('create', '--name', name, *labelled(labels), project.bundledImage(), 'true')] = 'container'
    }
    def network = { name, labels -> docker.run('network', 'create', *labelled(labels), name) }
    def own = project.labels()
    def elsewhere = Files.createTempDirectory('no-pom')
    try {
        // Like the fleet's own, but for one label: another fleet's, another project's, a live build's, and nobody's.
        container(project.stem() + '-x-old-1', own + [(label): fleet + '-x'])
        container(project.stem() + '-x-old-2', own + ['io.github.claudefleet.project': '0123456789ab'])
        container(project.stem() + '-x-old-3', own + ['io.github.claudefleet.lifetime': 'build'])
        container(project.stem() + '-old-3', ['made-by': fleet])
        foreign[network(project.stem() + '-x', own + [(label): fleet + '-x'])] = 'network'
        // What an earlier build left that did not share a network with others.
        network(project.stem() + '-old', own)
        assert project.ownContainers().size() == 4 && project.leftovers().size() == 19

        def stop = project.maven('-B', 'claude-fleet:stop', '-Dagent=new').succeeded()
        assert project.ownContainers() == [] && project.networks() == [] && project.volumes() == []
        untouched()
        stop.says("Fleet ${fleet} is stopped: 4 containers removed").says('the login stays')
        assert new File(basedir, 'login/.credentials.json').length() > 0

        project.maven('-B', 'claude-fleet:stop').succeeded()
                .says("Nothing to stop: the engine has no resources of this project's fleet ${fleet}").says("${fleet}-x (")
                .says(', of the build with process id ' + ProcessHandle.current().pid() + ', which is under way)')

        project.maven('-B', 'claude-fleet:start').succeeded()
        assert project.ownContainers().size() == 4
        // Without a project the name alone has to do, as long as it is one fleet's.
        def byName = { project.mavenIn(elsewhere, '-B', project.goal('stop'), '-Dclaude-fleet.name=' + fleet) }
        byName().failed().says('is the name of several fleets').says(basedir.path)
        assert project.ownContainers().size() == 4
        untouched()
        def others = foreign.keySet().find { docker.inspect(it).Config?.Labels?.'io.github.claudefleet.project' == '0123456789ab' }
        docker.run('rm', others)
        foreign.remove(others)
        byName().succeeded().says("Fleet ${fleet} is stopped: 4 containers removed")
        assert project.ownContainers() == []
        untouched()
    } finally {
        foreign.each { id, kind -> docker.run(kind, 'rm', id) }
        project.cleanUp()
        Files.delete(elsewhere)
    }
}
return true
