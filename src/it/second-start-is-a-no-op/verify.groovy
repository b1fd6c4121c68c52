import io.github.claudefleet.it.ItProject

ItProject.of(basedir, mavenHome, settings, localRepositoryPath).withCloseable { project ->
    try {
        assert project.awaitEnd('worker').exitCode().get() == 0
        def before = project.containers()
        def messages = project.standIn().counts(context.account).messages()
        assert messages == 2 : 'a proof and a prompt'

        def second = project.maven('-B', 'claude-fleet:start').succeeded()
        assert project.containers() == before : 'the same containers, with the times at which they started'
        assert project.standIn().counts(context.account).messages() == messages
        second.says('2 agents ready, nothing had to be changed').saysNot('Created')
        project.maven('-B', 'claude-fleet:start', '-Dclaude-fleet.dryRun').succeeded()
                .says('nothing to do for fleet second-start-is-a-no-op')
        project.maven('-B', 'claude-fleet:stop').succeeded()
        assert project.leftovers() == []
    } finally {
        project.cleanUp()
    }
}
return true
