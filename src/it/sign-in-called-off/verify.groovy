import io.github.claudefleet.it.ItProject

ItProject.of(basedir, mavenHome, settings, localRepositoryPath).withCloseable { project ->
    try {
        ['TERM', 'INT'].each { signal ->
            def goal = project.startMaven('-B', 'claude-fleet:start')
            goal.awaitOutput('Sign-in address: https://')
            assert project.containers().size() == 2
            goal.signal(signal)
            goal.await().failed().says('Removed what this start had made (2 containers)')
            assert project.leftovers() == [] : "after $signal"
        }
        def asked = project.startMaven('claude-fleet:auth')
        asked.awaitOutput('Paste the code here:')
        asked.signal('INT')
        asked.await().failed()
        assert project.leftovers() == []
    } finally {
        project.cleanUp()
    }
}
return true
