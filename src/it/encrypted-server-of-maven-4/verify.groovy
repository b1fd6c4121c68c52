import io.github.claudefleet.it.ItProject

def ownSettings = new File(basedir, 'fleet-settings.xml').path
ItProject.of(basedir, mavenHome, ownSettings, localRepositoryPath).withCloseable { project ->
    def security = '-Dmaven.settings.security=' + new File(basedir, 'settings-security4.xml').path
    try {
        project.maven('-B', 'claude-fleet:start', security, '-Dfleet.master=invented').succeeded()
                .says('Login: mode token, from server "fleet-token" in settings.xml')
        assert project.exec(project.agent('idle'), 'claude', '-p', 'Say yes').output().trim() == 'yes'
        assert project.standIn().requests('four').any { it.credential() == 'setup four' && it.status() == 200 }
        assert project.searchFor('sk-ant-oat01-standin.four.setup').inFleet().findings() == []
        project.maven('-B', 'claude-fleet:stop', security, '-Dfleet.master=invented').succeeded()
        assert project.leftovers() == []
        def refused = project.maven('-B', 'claude-fleet:start', security, '-Dfleet.master=another').failed()
        assert refused.output() =~ /(?i)decrypt/
        assert project.leftovers() == []
    } finally {
        project.cleanUp()
    }
}
return true
