import io.github.claudefleet.it.ItProject

ItProject.of(basedir, mavenHome, settings, localRepositoryPath).withCloseable { project ->
    try {
        def before = project.containers()
        assert before*.name() == [project.stem() + '-auth']
        def start = project.maven('-B', 'claude-fleet:start').failed()
        assert project.containers() == before : 'what this start had not made stays'
        start.says('Agent slow did not get ready: it has not seen the login within 4s; its last lines:')
        start.says('this shell takes its time').says('Removed what this start had made (2 containers)')
        project.maven('-B', 'claude-fleet:stop').succeeded()
        assert project.leftovers() == []
    } finally {
        project.cleanUp()
        project.removeOwnImage()
    }
}
return true
