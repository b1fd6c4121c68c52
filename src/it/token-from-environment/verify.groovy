import io.github.claudefleet.it.ItProject

ItProject.of(basedir, mavenHome, settings, localRepositoryPath).withCloseable { project ->
    try {
        def secret = 'sk-ant-oat01-standin.environment.setup'
        assert project.exec(project.agent('idle'), 'claude', '-p', 'Say yes').output().trim() == 'yes'
        assert project.result(project.awaitEnd('worker')).result == 'yes'
        assert project.standIn().requests('environment').any { it.credential() == 'setup environment' && it.status() == 200 }
        def places = project.searchFor(secret).inFleet().inFilesExcept('verify.groovy').findings()
        assert places == [basedir.path + '/invoker.properties'] : 'it is where this test has put it'
        def hidden = ('a' + secret + 'b').bytes.encodeBase64().toString()
        assert project.searchFor(secret).in('Base64', hidden).findings() == ['Base64'] : 'the search does find it'
        assert project.buildLog().contains('[DEBUG]') : 'Maven said all that it could'
        assert project.buildLog().contains('Login: mode token, from environment variable FLEET_TOKEN')
        project.maven('-B', 'claude-fleet:stop').succeeded()
        assert project.leftovers() == []
    } finally {
        project.cleanUp()
    }
}
return true
