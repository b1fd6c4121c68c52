import io.github.claudefleet.it.ItProject

ItProject.of(basedir, mavenHome, settings, localRepositoryPath).withCloseable { project ->
    try {
        def log = project.buildLog()
        ['start', 'await', 'stop', 'verify', 'status', 'diff', 'clean', 'help'].each { goal ->
            assert log =~ /:${goal} \(/ : "${goal} ran"
        }
        assert !log.contains('lugin validation issues')
        assert !log.contains('is unknown for plugin') : 'each parameter of the pom is one of the goal'
        assert !log.contains('is deprecated')
        assert project.leftovers() == []
    } finally {
        project.cleanUp()
    }
}
return true
