import io.github.claudefleet.it.ItProject

ItProject.of(basedir, mavenHome, settings, localRepositoryPath).withCloseable { project ->
    project.logIn('check-rounds').handOver()
    def bash = { String command -> '{"tool":"Bash","input":{"command":"' + command + '"}}' }
    project.standIn().scripts('check-rounds', '[' + [
            '{"match":"^Fix the build","turns":[' + bash('echo bad sk-ant-api03-aninventedsecret > build.txt') + ',{"text":"fixed"}]}',
            '{"match":"round 2 of 3","turns":[' + bash('echo better > build.txt') + ',{"text":"now it is fixed"}]}',
            '{"match":"round 3 of 3","turns":[' + bash('echo good > build.txt') + ',{"text":"fixed at last"}]}',
            '{"match":"Say that it is done","turns":[{"text":"done"}]}',
            '{"match":"round 2 of 2","turns":[{"text":"really done"}]}',
    ].join(',') + ']')
}
return true
