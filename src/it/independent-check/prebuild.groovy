import groovy.json.JsonOutput
import io.github.claudefleet.it.ItProject

ItProject.of(basedir, mavenHome, settings, localRepositoryPath).withCloseable { project ->
    project.logIn('independent-check')
    new File(basedir, '.gitignore').text = 'login/\ntarget/\nbuild.log\nworkspaces/\n'
    def git = { String... words -> assert ['git', '-C', basedir.path, '-c', 'user.name=Pat', '-c', 'user.email=pat@example.org', *words].execute().waitFor() == 0 }
    git('init', '--quiet', '--initial-branch=main')
    git('add', '--all')
    git('commit', '--quiet', '-m', 'First')

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
