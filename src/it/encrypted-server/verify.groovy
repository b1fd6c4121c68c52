import io.github.claudefleet.it.ItProject

def ownSettings = new File(basedir, 'fleet-settings.xml').path
ItProject.of(basedir, mavenHome, ownSettings, localRepositoryPath).withCloseable { project ->
    def master = new File(basedir, 'settings-security.xml')
    def security = '-Dsettings.security=' + master.path
    try {
        def start = project.maven('-B', '-X', 'claude-fleet:start', security).succeeded()
        assert project.exec(project.agent('idle'), 'claude', '-p', 'Say yes').output().trim() == 'yes'
        assert project.standIn().requests('encrypted').any {
            it.credential() == 'setup encrypted' && it.status() == 200
        }
        def search = project.searchFor('sk-ant-oat01-standin.encrypted.setup')
        assert search.in('mvn -X', start.output()).inFleet().findings() == []
        assert start.output().contains('[DEBUG]')
        project.maven('-B', 'claude-fleet:stop', security).succeeded()
        assert project.leftovers() == []

        master.text = master.text.replaceFirst('<master>.*</master>', '')
        def refused = project.maven('-B', 'claude-fleet:start', security).failed()
        // Maven 4 decrypts all passwords itself, before it comes to any goal.
        if (!refused.output().contains('FATAL: Could not decrypt password')) {
            refused.says('auth.serverId "fleet-token" has a password that can\'t be decrypted')
            refused.says('Encrypt it again with mvn --encrypt-password, or check settings-security.xml.')
        }
        assert project.leftovers() == []
    } finally {
        project.cleanUp()
    }
}
return true
