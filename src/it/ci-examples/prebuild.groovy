import groovy.json.JsonOutput
import io.github.claudefleet.it.GitRepository
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
    new File(origin, 'App.java').text = 'class App {}\n'
    GitRepository.create(origin, 'target/')

    ['github-runner', 'github-root', 'gitlab-root', 'gitlab-number', 'jenkins-number'].each { job ->
        project.standIn().scripts("ci-examples-$job", JsonOutput.toJson([[match: /^Review this change/, turns: [
                [tool: 'Bash', input: [command: 'echo "class App { }" >App.java && git commit -qam "Space"']],
                [tool: 'StructuredOutput', input: [findings: [
                        [rule: 'space', severity: 'note', file: 'App.java', line: 1, message: 'A space is missing.']]]],
                [text: 'One finding']]]]))
    }
}
return true
