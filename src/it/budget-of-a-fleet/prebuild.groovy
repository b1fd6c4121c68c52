import io.github.claudefleet.it.ItProject

ItProject.of(basedir, mavenHome, settings, localRepositoryPath).withCloseable { project ->
    project.logIn('budget-of-a-fleet').handOver()
    def work = { number, turns, pause -> """{"match":"Cost $number","delayMillis":$pause,"costTokens":{"in":10000,"out":10000},"turns":[""" +
            (['{"tool":"Bash","input":{"command":"echo work"}}'] * turns).join(',') + ']}' }
    project.standIn().scripts('budget-of-a-fleet', '[' + [work('little', 1, 0), work('much', 100, 4000)].join(',') + ']')
}
return true
