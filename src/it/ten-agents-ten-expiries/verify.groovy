import io.github.claudefleet.it.ItProject
import io.github.claudefleet.it.LongWork

ItProject.of(basedir, mavenHome, settings, localRepositoryPath).withCloseable { project ->
    try {
        def work = new LongWork(project, context.account)
        def keeper = project.address(project.agent('auth'))
        work.awaitRenewals(10)
        assert project.running().size() == 11 : 'all are at work'
        work.enough()
        def ended = (1..10).collect { project.awaitEnd('worker-' + it) }
        assert work.problemsOf(ended) == []
        assert work.problemsOfRenewal([keeper] as Set) == []
        assert project.exec(project.agent('auth'), 'claude', '-p', 'Say yes').output().trim() == 'yes'
        project.maven('-B', 'claude-fleet:stop').succeeded()
        assert project.leftovers() == []
    } finally {
        project.cleanUp()
    }
}
return true
