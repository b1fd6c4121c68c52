import io.github.claudefleet.it.ItProject

ItProject.of(basedir, mavenHome, settings, localRepositoryPath).withCloseable { project ->
    try {
        def one = project.agent('reader-1')
        def two = project.agent('reader-2')
        [one, two].each { agent ->
            def mounts = project.docker().inspect(agent.id()).Mounts
            assert mounts.find { it.Destination == '/claude-fleet/login' }.RW
            assert project.exec(agent, 'claude', '-p', 'Say yes').output().trim() == 'yes'
        }
        // The CLI names the directory of its transcripts by that in which it works.
        def place = project.exec(one, 'pwd').output().trim().replaceAll('[^A-Za-z0-9]', '-')
        def sessions = new File(basedir, "login/projects/$place").list().findAll { it.endsWith('.jsonl') }
        assert sessions.size() == 2 : 'the transcripts of both are in the one directory'
        [one, two].each { agent ->
            def seen = project.exec(agent, 'sh', '-c', "ls \"\$CLAUDE_CONFIG_DIR\"/projects/$place").output()
            assert sessions.every { seen.contains(it) }
        }
        def before = project.containers()
        project.maven('-B', 'claude-fleet:start').succeeded().says('nothing had to be changed')
        assert project.containers() == before
        project.maven('-B', 'claude-fleet:stop').succeeded()
        assert project.leftovers() == []
    } finally {
        project.cleanUp()
    }
}
return true
