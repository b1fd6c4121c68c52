import io.github.claudefleet.it.ItProject

ItProject.of(basedir, mavenHome, settings, localRepositoryPath).withCloseable { project ->
    try {
        def account = 'pasted-' + System.nanoTime()
        def auth = project.startMaven('claude-fleet:auth')
        auth.awaitOutput('Paste the code here:')
        assert auth.output() =~ /(?m)^https:\/\/\S+$/ : 'the address is on a line of its own'
        auth.type('half a code')
        auth.awaitOutput('That is not the full code')
        auth.type('wrong#state')
        auth.awaitOutput('The sign-in did not succeed')
        auth.type("code-${account}#state")
        auth.await().succeeded().says('Login works').saysNot("code-${account}")

        project.maven('-B', 'claude-fleet:start').succeeded().says('2 agents ready')
        assert project.containers()*.state()*.name() == ['RUNNING'] * 4
        ['reader-1', 'reader-2'].each { name ->
            def answer = project.exec(project.agent(name), 'claude', '-p', 'Say yes')
            assert answer.output().trim() == 'yes' : "${name} works with the shared login: ${answer}"
            def write = project.exec(project.agent(name), 'sh', '-c', 'echo x >>/claude-fleet/login/.credentials.json')
            assert !write.succeeded() : "${name} cannot write the login"
        }
        assert project.standIn().counts(account).logins() == 1
        project.maven('-B', 'claude-fleet:stop').succeeded()
        assert project.leftovers() == []
    } finally {
        project.cleanUp()
    }
}
return true
