import io.github.claudefleet.it.ItProject

ItProject.of(basedir, mavenHome, settings, localRepositoryPath).withCloseable { project ->
    def pom = new File(basedir, 'pom.xml')
    def before = pom.bytes
    def prompt = new File(basedir, 'src/fleet/reviewer.md')
    def plugin = (pom.text =~ /<!-- (io\.github\.claudefleet:\S+) -->/)[0][1]
    try {
        assert project.leftovers() == []

        // What would be written is shown, and nothing is written without a yes.
        def shown = project.maven('-B', "${plugin}:init", '-Dclaude-fleet.dryRun').succeeded()
        assert shown.output() =~ /\[INFO] \+ +<promptFile>src\/fleet\/reviewer\.md<\/promptFile>/
        shown.says('Dry run: nothing was written')
        def refused = project.startMaven("${plugin}:init")
        refused.awaitOutput('Purpose [review]: ').type('')
        refused.awaitOutput('Name of the agent [reviewer]: ').type('')
        refused.awaitOutput('Login (login, token or apiKey) [login]: ').type('')
        refused.awaitOutput('integration tests? yes or no [no]: ').type('')
        refused.awaitOutput('Write these changes? yes or no [no]: ').type('')
        refused.await().succeeded().says('Nothing was written')
        project.maven("${plugin}:init").failedPlainly().says('There is no input to answer questions. Call init with -B')
        assert pom.bytes == before && !prompt.exists()

        def begin = System.nanoTime()
        project.maven('-B', "${plugin}:init").succeeded().says('Wrote pom.xml, src/fleet/reviewer.md')
        project.maven('-B', 'claude-fleet:auth').succeeded().says('Login works')
        project.maven('-B', 'claude-fleet:start').succeeded().says('Fleet init-from-nothing: 1 agent ready')
        def seconds = (System.nanoTime() - begin) / 1e9
        println "From an empty project to a running fleet: ${seconds.round(1)} s"
        assert seconds < 300

        // All bytes of the pom are still there, around the addition.
        def parts = new String(before, 'UTF-8').split('(?<=</packaging>)')
        assert pom.getText('UTF-8').startsWith(parts[0] + '\n  <build>')
        assert pom.getText('UTF-8').endsWith('</build>' + parts[1])
        assert project.awaitEnd('reviewer').exitCode().orElse(-1) == 0

        // A second run, also in a directory below, finds the plugin and changes nothing.
        def after = pom.bytes
        project.maven('-B', 'claude-fleet:init').succeeded().says('has the plugin already, in <build>')
        project.mavenIn(prompt.parentFile.toPath(), '-B', "${plugin}:init").succeeded().says('has the plugin already')
        assert pom.bytes == after

        project.maven('-B', 'claude-fleet:stop').succeeded()
        assert project.leftovers() == []

        // Each other purpose makes a pom that the goals accept.
        [['fix-tests', '-Dclaude-fleet.init.bind'],
         ['tasks', '-Dclaude-fleet.init.agent=helper'],
         ['custom', '-Dclaude-fleet.init.prompt=Say yes']].each { purpose, more ->
            pom.bytes = before
            project.maven('-B', "${plugin}:init", "-Dclaude-fleet.init.purpose=${purpose}", more).succeeded()
            project.maven('-B', 'claude-fleet:start', '-Dclaude-fleet.dryRun').succeeded()
        }

        // In a build of several modules it is the pom in which Maven was started, and only that one.
        def module = new File(basedir, 'module/pom.xml')
        module.parentFile.mkdirs()
        def own = '''<project xmlns="http://maven.apache.org/POM/4.0.0">
            <modelVersion>4.0.0</modelVersion>
            <parent>
              <groupId>io.github.claudefleet.it</groupId><artifactId>init-from-nothing</artifactId><version>1.0</version>
            </parent>
            <artifactId>module</artifactId>
          </project>'''
        module.text = own
        def root = new String(before, 'UTF-8').replace('</packaging>', '</packaging>\n  <modules><module>module</module></modules>')
        pom.text = root
        def reactor = project.maven('-B', "${plugin}:init").succeeded()
        assert reactor.output().count('Wrote pom.xml') == 1
        assert module.text == own && pom.text.contains('claude-fleet-maven-plugin')
        project.mavenIn(module.parentFile.toPath(), '-B', "${plugin}:init").succeeded().says('has the plugin already, in its parent')
        assert module.text == own

        // A version that the pom manages is not written again. A generated pom is not the one that people edit.
        def (group, artifact, version) = plugin.split(':')
        def managed = "<build>\n    <pluginManagement><plugins><plugin><groupId>${group}</groupId>" +
                "<artifactId>${artifact}</artifactId><version>${version}</version></plugin></plugins></pluginManagement>\n  </build>"
        pom.text = new String(before, 'UTF-8').replace('</packaging>', '</packaging>\n  ' + managed)
        new File(basedir, '.git-versioned-pom.xml').text = pom.text
        def lines = project.maven('-B', '-f', '.git-versioned-pom.xml', "${plugin}:init", '-Dclaude-fleet.dryRun').succeeded().output()
        assert lines.contains('+++ b/pom.xml')
        assert lines.readLines().findAll { it.startsWith('[INFO] +') }.every { !it.contains('<version>') }
    } finally {
        project.cleanUp()
    }
}
return true
