import io.github.claudefleet.it.ItProject

ItProject.of(basedir, mavenHome, settings, localRepositoryPath).withCloseable { project ->
    project.logIn('two-executions').handOver()
    project.standIn().scripts('two-executions', '''[
        {"match":"Review src/main","turns":[{"text":"No bugs"}]},
        {"match":"Fix the parser","turns":[{"tool":"Bash","input":{"command":"echo fixed >> fixed.txt"}},{"text":"fixed"}]}]''')
}
return true
