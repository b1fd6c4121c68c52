import io.github.claudefleet.it.ItProject

ItProject.of(basedir, mavenHome, settings, localRepositoryPath).withCloseable { project ->
    project.logIn('outcomes-of-a-fleet').handOver()
    def bash = { String command -> '{"tool":"Bash","input":{"command":"' + command + '"}}' }
    def text = { String said -> '{"text":"' + said + '"}' }
    def script = { String match, List turns, String more = '' ->
        '{"match":"' + match + '","turns":[' + turns.join(',') + ']' + more + '}'
    }
    project.standIn().scripts('outcomes-of-a-fleet', '[' + [
            script('Make it', ['{"tool":"Write","input":{"file_path":"/workspace/made.txt","content":"made"}}',
                    bash('echo sk-ant-api03-aninventedsecret'), text('All is **made** 🎉 by sk-ant-api03-aninventedsecret')]),
            script('Break it', [text('I think that it works')]),
            script('Talk', [bash('echo one'), bash('echo two'), bash('echo three')]),
            script('Spend', [bash('echo one'), bash('echo two'), text('rich')], ',"costTokens":{"in":100000,"out":100000}'),
            script('Take your time', [bash('while sleep 1; do echo tick >> /tmp/ticks; done'), text('at last')]),
            script('Fall silent', [text('never')], ',"behaviour":"hang"'),
            script('End yourself', [bash('kill -9 $PPID'), text('still here')]),
            script('Be unlucky', [text('never')], ',"behaviour":"529"'),
    ].join(',') + ']')
}
return true
