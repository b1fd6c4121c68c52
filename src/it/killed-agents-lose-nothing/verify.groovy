import io.github.claudefleet.it.ItProject
import io.github.claudefleet.it.LongWork

def random = new Random(context.account.hashCode())
println "The moments are those of seed ${context.account.hashCode()}"

ItProject.of(basedir, mavenHome, settings, localRepositoryPath).withCloseable { project ->
    try {
        def docker = project.docker()
        def work = new LongWork(project, context.account)
        def keeper = project.address(project.agent('auth'))
        30.times {
            Thread.sleep(random.nextInt(4000))
            def agent = project.agent('worker-' + (1 + random.nextInt(10)))
            docker.run('kill', '--signal', 'KILL', agent.id())
            assert project.awaitEnd(agent.label('io.github.claudefleet.agent').get()).exitCode().get() == 137
            docker.run('start', agent.id())
        }
        work.awaitRenewals(5)
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
