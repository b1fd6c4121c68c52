import io.github.claudefleet.it.ItProject

ItProject.of(basedir, mavenHome, settings, localRepositoryPath).withCloseable { project ->
    def address = { String output -> (output =~ /(?m)^\[INFO\] Sign-in address: (https:\/\/\S+)$/)[0][1] }
    def code = { String value -> "-Dclaude-fleet.auth.code=$value".toString() }
    def signInRuns = { project.exec(project.agent('auth'), 'sh', '-c', 'pidof claude').succeeded() }
    try {
        def account = 'two-steps-' + System.nanoTime()

        // A code that nothing waits for.
        project.maven('-B', 'claude-fleet:auth', code('code-x#state')).failed()
                .says('auth.code was given, but no sign-in of fleet "sign-in-in-two-steps" waits for a code')
        assert project.leftovers() == []

        // Left waiting: the build ends, the sign-in doesn't.
        def ended = project.maven('-B', 'claude-fleet:start', '-Dclaude-fleet.auth.unattended=fail').failed()
        ended.says("mvn claude-fleet:auth '-Dclaude-fleet.auth.code=CODE#STATE'")
        def first = address(ended.output())
        assert project.containers().size() == 2 && signInRuns()

        // Whoever asks again is shown the same one; half a code and a wrong one are said to be that.
        assert address(project.maven('-B', 'claude-fleet:auth', '-Dclaude-fleet.auth.unattended=fail').failed().output()) == first
        project.maven('-B', 'claude-fleet:auth', code('half')).failed().says('auth.code')
        assert signInRuns() : 'half a code does no harm'
        def wrong = project.maven('-B', 'claude-fleet:auth', code('wrong#state')).failed()
        wrong.says('The sign-in did not succeed').saysNot('wrong#state')
        assert !signInRuns() : 'a wrong code ends a sign-in'

        // Waiting where nobody can be asked: another Maven hands the code in, and the one that waits goes on.
        def waiting = project.startMaven('-B', 'claude-fleet:start')
        waiting.awaitOutput('Sign-in address: https://')
        assert address(waiting.output()) != first
        project.maven('-B', 'claude-fleet:auth', code("code-${account}#state")).succeeded()
                .says('Login works').saysNot("code-${account}")
        waiting.await().succeeded().says('2 agents ready')
        assert project.standIn().counts(account).logins() == 1
        assert project.exec(project.agent('reader-1'), 'claude', '-p', 'Say yes').output().trim() == 'yes'
        assert !project.exec(project.agent('auth'), 'ls', '/claude-fleet/kit/state/sign-in').succeeded() || !signInRuns()
        project.maven('-B', 'claude-fleet:stop').succeeded()

        // The CLI's own options reach it: the Console's page is another one than the subscription's.
        new File(basedir, 'login/.credentials.json').delete()
        def console = project.maven('-B', 'claude-fleet:auth', '-Dclaude-fleet.auth.unattended=fail',
                '-Dclaude-fleet.auth.console=true', '-Dclaude-fleet.auth.email=ann@example.org').failed()
        assert address(console.output()).contains('ann%40example.org')
        def arguments = project.exec(project.agent('auth'), 'sh', '-c', "tr '\\0' ' ' </proc/\$(pidof claude | cut -d ' ' -f 1)/cmdline")
        assert arguments.output().contains('auth login --console --email ann@example.org')
        project.maven('-B', 'claude-fleet:stop').succeeded()
        assert project.leftovers() == []
    } finally {
        project.cleanUp()
    }
}
return true
