import io.github.claudefleet.it.ItProject

ItProject.of(basedir, mavenHome, settings, localRepositoryPath).withCloseable { project ->
    try {
        def account = 'heals-' + System.nanoTime()
        project.standIn().behaviour(account, '529')
        project.logIn(account)
        def auth = project.startMaven('-B', 'claude-fleet:auth', '-Dclaude-fleet.auth.timeout=2m',
                '-Dclaude-fleet.auth.pollInterval=1s').closeInput()
        auth.awaitOutput('throttled by the service for now')
        project.standIn().behaviour(account, 'ok')
        auth.await().succeeded().says('Login works: a real request was answered')
        project.maven('-B', 'claude-fleet:stop').succeeded()

        // The service may refuse a fresh login for a moment: the person is not asked to sign in again for that.
        def fresh = 'fresh-' + System.nanoTime()
        project.standIn().behaviour(fresh, 'flaky:4')
        java.nio.file.Files.delete(project.directory().resolve('login/.credentials.json'))
        def signIn = project.startMaven('claude-fleet:auth', '-Dclaude-fleet.auth.pollInterval=1s')
        signIn.awaitOutput('Paste the code here:')
        signIn.type("code-${fresh}#state")
        def run = signIn.await().succeeded().says('Signed in.').says('Login works')
        assert run.output().count('Paste the code here:') == 1
        assert project.standIn().counts(fresh).messagesByStatus()[401] == 4
        project.maven('-B', 'claude-fleet:stop').succeeded()
        assert project.leftovers() == []
    } finally {
        project.cleanUp()
    }
}
return true
