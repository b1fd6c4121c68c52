import io.github.claudefleet.it.ItProject

ItProject.of(basedir, mavenHome, settings, localRepositoryPath).withCloseable { project ->
    def states = {
        project.containers().collectEntries { [it.name() - (project.stem() + '-'), it.state()] }
    }
    try {
        assert states()*.value*.name() == ['RUNNING'] * 4
        assert states().keySet() == ['auth', 'gateway', 'worker-1', 'worker-2'] as Set
        ['worker-1', 'worker-2'].each { name ->
            assert project.exec(project.agent(name), 'claude', '-p', 'Say yes').output().trim() == 'yes'
        }
        project.maven('-B', 'claude-fleet:start', '-Dclaude-fleet.workers=1').succeeded()
        assert states().keySet() == ['auth', 'gateway', 'worker-1'] as Set
        project.maven('-B', 'claude-fleet:start').failed()
                .says('agents has no agent. Add <agents> to the pom, or use -Dclaude-fleet.workers=1.')
        assert states().keySet() == ['auth', 'gateway', 'worker-1'] as Set : 'a start that can not be changes nothing'
        project.maven('-B', 'claude-fleet:stop').succeeded()
        assert project.leftovers() == []
    } finally {
        project.cleanUp()
    }
}
return true
