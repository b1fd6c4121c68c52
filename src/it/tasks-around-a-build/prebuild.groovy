import io.github.claudefleet.it.ItProject

ItProject.of(basedir, mavenHome, settings, localRepositoryPath).withCloseable { project ->
    project.logIn('tasks-around-a-build').handOver()
    project.standIn().scripts('tasks-around-a-build', '''[
        {"match":"Review version 1.0 of tasks-around-a-build as reviewer","turns":[
            {"tool":"StructuredOutput","input":{"bugs":0}},{"text":"No bugs"}]},
        {"match":"Fix the (\\\\w+)","turns":[{"tool":"Bash","input":{"command":"echo fixed >> fixed.txt"}},{"text":"fixed"}]}]''')
}
return true
