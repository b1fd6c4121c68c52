import io.github.claudefleet.it.ItProject

ItProject.of(basedir, mavenHome, settings, localRepositoryPath).withCloseable { project ->
    project.logIn('budget-of-a-fleet').handOver()
    def work = { number, turns -> """{"match":"Cost $number","delayMillis":1000,"costTokens":{"in":10000,"out":10000},"turns":[""" +
            (['{"tool":"Bash","input":{"command":"echo work"}}'] * turns).join(',') + ']}' }
    project.standIn().scripts('budget-of-a-fleet', '[' + [work('little', 1), work('much', 100)].join(',') + ']')
}
return true
