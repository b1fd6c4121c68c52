import io.github.claudefleet.it.ItProject

ItProject.of(basedir, mavenHome, settings, localRepositoryPath).withCloseable { project ->
    try {
        def secret = 'sk-ant-oat01-standin.settings.setup'
        assert project.exec(project.agent('idle'), 'claude', '-p', 'Say yes').output().trim() == 'yes'
        assert project.result(project.awaitEnd('worker')).result == 'yes'
        assert project.standIn().requests('settings').any { it.credential() == 'setup settings' && it.status() == 200 }
        assert project.searchFor(secret).inFleet().inFilesExcept('verify.groovy').findings() == []
        assert project.buildLog().contains('[DEBUG]') : 'Maven said all that it could'
        assert project.buildLog().contains('Login: mode token, from server "fleet-token" in settings.xml')
        project.maven('-B', 'claude-fleet:stop').succeeded()
        assert project.leftovers() == []
    } finally {
        project.cleanUp()
    }
}
return true
