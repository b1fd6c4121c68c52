import io.github.claudefleet.it.ItProject

ItProject.of(basedir, mavenHome, settings, localRepositoryPath).withCloseable { project ->
    def name = project.stem() + '-'
    def ids = { project.containers().collectEntries { [it.name() - name, it.id()] } }
    try {
        project.awaitEnd('worker')
        def first = ids()
        assert first.keySet() == ['auth', 'extra', 'gateway', 'idle', 'worker'] as Set

        def prompt = '-Dprompt=Say yes, and mean it'
        def changed = project.maven('-B', 'claude-fleet:start', prompt).succeeded()
        def second = ids()
        assert second.findAll { agent, id -> first[agent] != id }.keySet() == ['worker'] as Set
        changed.says("Replaced container ${name}worker (prompt changed)")
        assert project.result(project.awaitEnd('worker')).result == 'yes'
        assert project.standIn().counts(context.account).messages() == 3 : 'a proof and each prompt once'

        def less = project.maven('-B', 'claude-fleet:start', prompt, '-Dwithout-extra', '-Dmemory=512m').succeeded()
        def third = ids()
        assert third.keySet() == ['auth', 'gateway', 'idle', 'worker'] as Set
        assert third.findAll { agent, id -> second[agent] != id }.keySet() == ['idle'] as Set
        assert project.docker().inspect(third.idle).HostConfig.Memory == 512L << 20
        less.says("Removed container ${name}extra (the pom no longer has it)")
        less.says("Replaced container ${name}idle (limits changed)")
        project.maven('-B', 'claude-fleet:stop').succeeded()
        assert project.leftovers() == []
    } finally {
        project.cleanUp()
    }
}
return true
