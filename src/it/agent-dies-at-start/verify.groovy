import io.github.claudefleet.it.ItProject

ItProject.of(basedir, mavenHome, settings, localRepositoryPath).withCloseable { project ->
    try {
        assert project.leftovers() == []
        def log = project.buildLog()
        assert log.contains('Agent broken did not get ready: it ended with exit status 127')
        assert log.contains('its last lines:')
        assert log.contains('claude-fleet: agent broken has no claude on its PATH (/nowhere)')
        assert !log.contains('Agent sound-1 did not') && !log.contains('Agent sound-2 did not')
        assert log.contains('Removed what this start had made (5 containers)')
    } finally {
        project.cleanUp()
    }
}
return true
