import io.github.claudefleet.it.ItProject

ItProject.of(basedir, mavenHome, settings, localRepositoryPath).withCloseable { project ->
    try {
        assert project.leftovers() == []
        assert !new File(basedir, 'login').exists()
        assert project.buildLog().count('Skipped (claude-fleet.skip)') == 5
    } finally {
        project.cleanUp()
    }
}
return true
