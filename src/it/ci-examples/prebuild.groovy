import groovy.json.JsonOutput
import io.github.claudefleet.it.ItProject

ItProject.of(basedir, mavenHome, settings, localRepositoryPath).withCloseable { project ->
    // What the jobs check out: this project, and Maven's options for the engine and the stand-in of the tests.
    def own = ['-Dmaven.repo.local=', '-Dclaude-fleet.auth.directory=', '-Dclaude-fleet.workspace.']
    def options = project.mavenArguments('-o', '-Dmaven.repo.local=/repository')
            .findAll { option -> option == '-Dmaven.repo.local=/repository' || !own.any { option.startsWith(it) } }
    def origin = new File(basedir, 'origin')
    new File(origin, '.mvn').mkdirs()
    new File(origin, '.mvn/maven.config').text = options.join('\n') + '\n'
    new File(origin, 'pom.xml').text = new File(basedir, 'pom.xml').text
    new File(origin, '.gitignore').text = 'target/\n'
    new File(origin, 'App.java').text = 'class App {}\n'
    def git = { String... words ->
        assert ['git', '-C', origin.path, '-c', 'user.name=Pat', '-c', 'user.email=pat@example.org', *words].execute().waitFor() == 0 : words
    }
    git('init', '--quiet', '--initial-branch=main')
    git('add', '--all')
    git('commit', '--quiet', '-m', 'First')

    ['github-runner', 'github-root', 'gitlab-root', 'gitlab-number', 'jenkins-number'].each { job ->
        project.standIn().scripts("ci-examples-$job", JsonOutput.toJson([[match: /^Review this change/, turns: [
                [tool: 'Bash', input: [command: 'echo "class App { }" >App.java && git commit -qam "Space"']],
                [tool: 'StructuredOutput', input: [findings: [
                        [rule: 'space', severity: 'note', file: 'App.java', line: 1, message: 'A space is missing.']]]],
                [text: 'One finding']]]]))
    }
}
return true
