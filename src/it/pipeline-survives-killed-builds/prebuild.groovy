import groovy.json.JsonOutput
import io.github.claudefleet.it.ItProject

ItProject.of(basedir, mavenHome, settings, localRepositoryPath).withCloseable { project ->
    project.logIn('pipeline-survives-killed-builds').handOver()
    def work = { String match, long delay, String command, String answer ->
        [match: match, delayMillis: delay, turns: [[tool: 'Bash', input: [command: command]], [text: answer]]]
    }
    project.standIn().scripts('pipeline-survives-killed-builds', JsonOutput.toJson([
            work('^Fix the build', 0, 'echo round 1 >> worked.txt; echo bad > build.txt', 'fixed'),
            work('round 2 of 3', 2500, 'echo round 2 >> worked.txt; echo better > build.txt', 'now it is fixed'),
            work('round 3 of 3', 0, 'echo round 3 >> worked.txt; echo good > build.txt', 'fixed at last'),
            work(/^Review this: <answer-of-fixer>\nfixed at last\n<\/answer-of-fixer>/, 2500, 'echo reviewed >> worked.txt', 'it is right'),
            work(/^Approve this: <answer-of-reviewer>\nit is right\n<\/answer-of-reviewer>/, 0, 'echo approved >> worked.txt', 'approved'),
    ]))
}
return true
