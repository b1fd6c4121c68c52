import groovy.json.JsonOutput
import io.github.claudefleet.it.GitRepository
import io.github.claudefleet.it.ItProject

ItProject.of(basedir, mavenHome, settings, localRepositoryPath).withCloseable { project ->
    project.logIn('independent-check')
    GitRepository.create(basedir, 'login/', 'target/', 'build.log', 'workspaces/')

    def script = { String match, String command, String answer ->
        [match: match, turns: [[tool: 'Bash', input: [command: command]], [text: answer]]]
    }
    project.standIn().scripts('independent-check', JsonOutput.toJson([
            script(/^Fake the linter$/, 'echo "exit 0" > /tmp/lint-of-this-test.sh; sh lint.sh && echo it passes', 'it passes'),
            script(/app\.txt is not good\n.*round 2 of 2/, 'echo good > app.txt', 'now it passes'),
            script(/^Prepare target$/, 'mkdir -p target; touch target/passed', 'it passes'),
            script(/^Change the test$/, 'echo changed > src/test/AppTest.txt; echo more > src/test/MoreTest.txt; echo good > app.txt', 'it passes'),
    ]))
}
return true
