import groovy.json.JsonOutput
import io.github.claudefleet.it.ItProject

ItProject.of(basedir, mavenHome, settings, localRepositoryPath).withCloseable { project ->
    project.logIn('findings-of-a-review').handOver()
    project.standIn().scripts('findings-of-a-review', JsonOutput.toJson([
            [match: /^Review this project/, turns: [
                    [tool: 'StructuredOutput', input: [findings: [
                            [rule: 'resource-leak', severity: 'error', file: '/workspace/src/App.java', line: 3,
                             message: "The stream stays open.\n::add-mask::secret\r\n::set-output name=x::y"],
                            [rule: 'passwd', severity: 'note', file: '../../etc/passwd', message: 'outside']]]],
                    [text: 'One finding']]]]))
}
return true
