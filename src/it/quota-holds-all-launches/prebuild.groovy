import io.github.claudefleet.it.ItProject

ItProject.of(basedir, mavenHome, settings, localRepositoryPath).withCloseable { project ->
    project.logIn('quota-holds-all-launches').handOver()
    project.standIn().scripts('quota-holds-all-launches', '''[{"match":"Do part","delayMillis":1500,"turns":[
        {"tool":"Bash","input":{"command":"echo one"}},{"text":"done"}]}]''')
}
return true
