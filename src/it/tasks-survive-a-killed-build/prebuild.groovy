import io.github.claudefleet.it.ItProject

ItProject.of(basedir, mavenHome, settings, localRepositoryPath).withCloseable { project ->
    project.logIn('tasks-survive-a-killed-build').handOver()
    project.standIn().scripts('tasks-survive-a-killed-build', '''[{"match":"Note task (\\\\d+)","delayMillis":300,"turns":[
        {"tool":"Bash","input":{"command":"echo worked >> noted.txt"}},{"text":"noted"}]}]''')
}
return true
