import io.github.claudefleet.it.ItProject

ItProject.of(basedir, mavenHome, settings, localRepositoryPath).withCloseable { project ->
    try {
        def secret = 'sk-ant-api03-standin.file'
        assert project.exec(project.agent('idle'), 'claude', '-p', 'Say yes').output().trim() == 'yes'
        assert project.result(project.awaitEnd('worker')).result == 'yes'
        assert project.standIn().requests('file').any { it.credential() == 'api key file' && it.status() == 200 }
        assert project.searchFor(secret).inFleet().inFilesExcept('secret', 'verify.groovy').findings() == []
        assert project.buildLog().contains('[DEBUG]') : 'Maven said all that it could'
        assert project.buildLog().contains('Login: mode apiKey, from file ')
        project.maven('-B', 'claude-fleet:stop').succeeded()
        assert project.leftovers() == []
    } finally {
        project.cleanUp()
    }
}
return true
