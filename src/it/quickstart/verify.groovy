import io.github.claudefleet.it.ItProject

ItProject.of(basedir, mavenHome, settings, localRepositoryPath).withCloseable { project ->
    try {
        assert project.leftovers() == []
        def log = project.buildLog()
        assert log.contains('Login works: a real request was answered')
        assert log.contains('Fleet quickstart: 3 agents ready')
        assert log =~ /(?m)^\[INFO] reviewer +(working|done \(exit 0\)) /
        ['tester-1', 'tester-2'].each { agent ->
            assert log =~ /(?m)^\[INFO] ${agent} +ready /
            assert log.contains("[INFO] ${agent} | claude-fleet: agent ${agent} ready")
        }
        assert log.contains('Fleet quickstart is stopped: 5 containers removed')
        assert new File(basedir, 'login/.credentials.json').length() > 0 : 'the login stays'
    } finally {
        project.cleanUp()
    }
}
return true
