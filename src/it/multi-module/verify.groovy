import io.github.claudefleet.it.ItProject

ItProject.of(basedir, mavenHome, settings, localRepositoryPath).withCloseable { project ->
    def review = project.asFleet('multi-module-review')
    def agent = { module -> new File(basedir, module + '/target/agent') }
    // One fleet for all these modules: started once, found by each, stopped once.
    def oneFleet = { String log, String... modules ->
        assert log.count('Fleet multi-module: 1 agent ready') == 1
        assert log.count('Fleet multi-module is stopped: 3 containers removed') == 1
        def found = modules.collect { agent(it).text.trim() }
        assert found.toSet().size() == 1 && found[0] ==~ /[0-9a-f]{64}/
        assert ['one', 'two'].findAll { agent(it).exists() }.toSet() == modules as Set
        assert project.leftovers() == []
        ['one', 'two'].each { agent(it).delete() }
    }
    def build = { File directory, String... arguments ->
        def run = project.mavenIn(directory.toPath(), *arguments)
        assert run.exitCode() == 0 : run.output()
        return run.output()
    }
    try {
        def log = project.buildLog()
        oneFleet(log, 'one', 'two')
        // The fleet for tests waits for the first module that has some; work is done at once, and once.
        assert log.indexOf('Building multi-module-one') < log.indexOf('Fleet multi-module: 1 agent ready')
        assert log.count('Fleet multi-module-review: 1 agent ready') == 1
        assert log.indexOf('Fleet multi-module-review: 1 agent ready') < log.indexOf('Building multi-module-api')
        assert log.count('Fleet multi-module-review is stopped') == 1 && log.count('Fleet multi-module-review verified') == 1
        assert new File(basedir, 'parent/target/claude-fleet/multi-module-review/fleet.json').file
        assert review.leftovers() == []

        oneFleet(build(basedir, '-T', '2', 'verify'), 'one', 'two')
        oneFleet(build(basedir, '-pl', 'one,two', 'verify'), 'one', 'two')
        oneFleet(build(basedir, '-rf', ':multi-module-two', 'verify'), 'two')
        oneFleet(build(new File(basedir, 'one'), 'verify'), 'one')

        def skipped = build(basedir, 'verify', '-DskipITs')
        assert skipped.count('Skipped with the tests (skipITs)') == 8 && !skipped.contains('Fleet multi-module:')
    } finally {
        project.cleanUp()
        review.cleanUp()
        review.close()
    }
}
return true
