import io.github.claudefleet.it.ItProject
import io.github.claudefleet.it.LongWork

ItProject.of(basedir, mavenHome, settings, localRepositoryPath).withCloseable { first ->
    def second = first.asFleet('two-fleets-one-login-b')
    try {
        def work = new LongWork(first, context.account)
        first.maven('-B', 'claude-fleet:start', '-Dclaude-fleet.name=two-fleets-one-login-b').succeeded()
        def keepers = [first, second].collect { it.address(it.agent('auth')) }
        work.awaitRenewals(6)
        work.enough()
        def ended = [first, second].collectMany { fleet -> (1..3).collect { fleet.awaitEnd('worker-' + it) } }
        assert work.problemsOf(ended) == []
        assert work.problemsOfRenewal(keepers as Set) == []
        first.maven('-B', 'claude-fleet:stop').succeeded()
        assert first.leftovers() == []
        def renewals = first.standIn().counts(context.account).refreshes()
        work.awaitRenewals((int) renewals + 2)
        assert work.problemsOfRenewal(keepers as Set) == [] : 'the other fleet goes on'
        first.maven('-B', 'claude-fleet:stop', '-Dclaude-fleet.name=two-fleets-one-login-b').succeeded()
        assert second.leftovers() == []
    } finally {
        [first, second].each { it.cleanUp() }
        second.close()
    }
}
return true
