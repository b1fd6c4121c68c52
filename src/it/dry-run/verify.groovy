import io.github.claudefleet.it.ItProject

ItProject.of(basedir, mavenHome, settings, localRepositoryPath).withCloseable { project ->
    def plan = { String text -> text.readLines()*.replace('[INFO]   ', '').findAll { it =~ /^(create|replace|remove) / } }
    // Of a build that stops the fleet as well, what the names end with is that build's own.
    def anyBuilds = { List<String> lines -> lines*.replaceFirst(/dry-run-[0-9a-f]{8}/, 'dry-run') }
    def ground = ['create volume claude-fleet-dry-run-kit-1000-1000 (there is none yet)',
                  'create container claude-fleet-dry-run-auth (there is none yet)']
    try {
        assert project.leftovers() == []
        assert !new File(basedir, 'login').exists()
        assert anyBuilds(plan(project.buildLog())) == ground + [ground[0],
                'create volume claude-fleet-dry-run-gateway-1000-1000 (there is none yet)', ground[1],
                'create container claude-fleet-dry-run-gateway (there is none yet)',
                'create container claude-fleet-dry-run-idle (there is none yet)',
                'create container claude-fleet-dry-run-worker (there is none yet)']
        assert project.buildLog().contains('Dry run: nothing to do for fleet dry-run.') : 'that is what stop says'

        // A build with all goals bound goes through: without agents there is nothing to await and nothing to judge.
        def rest = project.maven('-B', 'claude-fleet:await', 'claude-fleet:verify', '-Dclaude-fleet.dryRun').succeeded()
        assert rest.output().contains('Dry run: no task of fleet dry-run is awaited')
        assert rest.output().contains('Dry run: no results are judged')

        project.logIn('dry-run').handOver()
        project.maven('-B', 'claude-fleet:start').succeeded()
        project.awaitEnd('worker')
        def before = project.containers()
        def changed = project.maven('-B', 'claude-fleet:start', 'claude-fleet:stop', '-Dclaude-fleet.dryRun',
                '-Dprompt=Say yes again', '-Dclaude-fleet.workers=1').succeeded()
        assert project.containers() == before
        assert changed.output().contains('this build joins it')
        assert plan(changed.output()).every { it.contains(project.stem()) }
        assert anyBuilds(plan(changed.output())) == [
                'replace container claude-fleet-dry-run-worker (prompt changed)',
                'create container claude-fleet-dry-run-worker-1 (there is none yet)',
                'remove container claude-fleet-dry-run-auth (the fleet is being stopped)',
                'remove container claude-fleet-dry-run-gateway (the fleet is being stopped)',
                'remove container claude-fleet-dry-run-idle (the fleet is being stopped)',
                'remove container claude-fleet-dry-run-worker (the fleet is being stopped)',
                'remove volume claude-fleet-dry-run-gateway-1000-1000 (the fleet is being stopped)',
                'remove volume claude-fleet-dry-run-kit-1000-1000 (the fleet is being stopped)']
        project.maven('-B', 'claude-fleet:stop').succeeded()
        assert project.leftovers() == []
    } finally {
        project.cleanUp()
    }
}
return true
