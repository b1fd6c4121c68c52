import groovy.json.JsonSlurper
import io.github.claudefleet.it.GitRepository
import io.github.claudefleet.it.ItProject

ItProject.of(basedir, mavenHome, settings, localRepositoryPath).withCloseable { project ->
    def git = GitRepository.at(basedir)
    def installed = new File(basedir, 'm2/io/github/claudefleet')
    def shared = new File(basedir, 'target/shared')
    try {
        def results = new File(basedir, 'target/claude-fleet')
        def reasons = new JsonSlurper().parse(new File(results, 'fleet.json')).tasks.collect { it.outcome + (it.reason ?: '') }
        assert reasons == ['done'] * 4
        def branches = git('branch', '--list', '--format=%(refname:short)', 'claude-fleet/agents-build-java/*').readLines()
        branches = branches.findAll { git('rev-list', '--count', "main..$it") != '0' }
        branches.each { assert git('diff', '--name-only', 'main...' + it) =~ /src\/test\/java\/shop\/Tbuilder\d?Test|src\/test\/java\/shop\/T\w+Test/ }
        def events = new StringBuffer()
        results.eachFileRecurse { if (it.name.endsWith('.jsonl')) events << it.text }
        assert events.count('installed its own') >= 4 && events.count('cannot write the shared one') >= 4 && events.count('settings without a stranger') >= 4
        ['3.9.16', '3.6.3', '4.0.0-rc-6', 'Gradle'].each { assert events.contains('downloaded with ' + it) }
        def downloads = context.repository.agents()
        ['3.6.3', '3.9.16', '4.0.0-rc-6'].each { version -> assert downloads.any { it.contains('Maven/' + version) } : downloads as Set }
        assert downloads.any { it.contains('Gradle/') } : downloads as Set
        assert events.count('at home for Java') >= 4 : 'Java knows no home of a number without a name'
        branches.each { assert !git('ls-tree', '-r', '--name-only', it).readLines().any { it.contains('?') } }
        assert !installed.exists() : 'what agents install is theirs'

        // The control: the same builds at once into one repository leave one agent's jar for all.
        def maven = new File(basedir, '../../../mavens/apache-maven-3.9.16/bin/mvn').canonicalPath
        def builds = (1..4).collect { number ->
            def copy = new File(basedir, "target/control-$number")
            git('worktree', 'add', '--detach', '--quiet', copy.path, 'main')
            new File(copy, 'src/main/resources').mkdirs()
            new File(copy, 'src/main/resources/who.txt').text = "control-$number"
            new ProcessBuilder(maven, '-o', '-q', '-DskipTests', 'install', '-Dmaven.repo.local=' + shared.path,
                    '-Dmaven.repo.local.tail=' + basedir.path + '/m2', '-Dmaven.repo.local.tail.ignoreAvailability=true')
                    .directory(copy).redirectErrorStream(true).redirectOutput(new File(copy, 'log')).start()
        }
        assert builds.every { it.waitFor(5, java.util.concurrent.TimeUnit.MINUTES) }
        def jars = []
        shared.eachFileRecurse { if (it.name == 'agents-build-java-1.0.jar') jars << it }
        assert jars.size() == 1
    } finally {
        context.repository?.close()
        project.cleanUp()
        installed.deleteDir()
        new File(basedir.parentFile, '.workspaces').listFiles()?.findAll { it.name.startsWith('agents-build-java-') }?.each { it.deleteDir() }
        project.docker().run('image', 'rm', 'claude-fleet-test/java:1')
    }
}
return true
