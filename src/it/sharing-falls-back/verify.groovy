import io.github.claudefleet.it.ItProject

ItProject.of(basedir, mavenHome, settings, localRepositoryPath).withCloseable { project ->
    try {
        def agent = project.agent('reader')
        assert project.docker().inspect(agent.id()).Mounts.find { it.Destination == '/claude-fleet/login' }.RW
        assert project.exec(agent, 'claude', '-p', 'Say yes').output().trim() == 'yes'
        assert project.buildLog() =~ /\[WARNING\] The Claude Code CLI in \S+ can't store the login separately/

        def before = project.containers()
        project.maven('-B', 'claude-fleet:start').succeeded().says('nothing had to be changed')
        assert project.containers() == before
        project.maven('-B', 'claude-fleet:stop').succeeded()
        assert project.leftovers() == []
    } finally {
        project.cleanUp()
        project.removeOwnImage()
    }
}
return true
