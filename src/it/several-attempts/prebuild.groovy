import groovy.json.JsonOutput
import io.github.claudefleet.it.GitRepository
import io.github.claudefleet.it.ItProject

ItProject.of(basedir, mavenHome, settings, localRepositoryPath).withCloseable { project ->
    project.logIn('several-attempts')
    def git = GitRepository.create(basedir, 'login/', 'target/', 'build.log')
    git('config', 'user.name', 'Pat')
    git('config', 'user.email', 'pat@example.org')

    // All attempts have one prompt. They differ by the number in the name of the agent's branch.
    def bash = { String command ->
        '{"tool":"Bash","input":{"command":' + JsonOutput.toJson('n=$(git branch --show-current); n=${n##*-}; ' + command) + '}}'
    }
    project.standIn().scripts('several-attempts', '[' + [
            '{"match":"^Fix the parser","turns":[' + bash('seq $n > fixed.txt') + ',{"text":"fixed"}]}',
            '{"match":"^Be quick","turns":[' + bash('if [ $n = 1 ]; then sleep 600; fi; echo $n > quick.txt') + ',{"text":"quick"}]}',
            '{"match":"^Write the notes","turns":[' + bash('echo "by $n" > notes.txt') + ',{"text":"written"}]}',
            '{"match":"^Compare these patches","turns":[' + bash('cat /claude-fleet/kit/patches/*') +
                    ',{"tool":"StructuredOutput","input":{"choice":"writer-2","reason":"clear"}},{"text":"writer-2"}]}',
    ].join(',') + ']')
}
return true
