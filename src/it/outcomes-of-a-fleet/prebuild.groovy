import io.github.claudefleet.it.ItProject

ItProject.of(basedir, mavenHome, settings, localRepositoryPath).withCloseable { project ->
    project.logIn('outcomes-of-a-fleet').handOver()
    // The project is a sub-directory of the plugin's own checkout, and so is where agents are.
    def root = basedir
    while (root && !new File(root, '.git').exists()) root = root.parentFile
    def workspace = '/workspace' + (root ? basedir.path.substring(root.path.length()) : '')
    def bash = { String command -> '{"tool":"Bash","input":{"command":"' + command + '"}}' }
    def text = { String said -> '{"text":"' + said + '"}' }
    def script = { String match, List turns, String more = '' ->
        '{"match":"' + match + '","turns":[' + turns.join(',') + ']' + more + '}'
    }
    project.standIn().scripts('outcomes-of-a-fleet', '[' + [
            script('Make it', ['{"tool":"Write","input":{"file_path":"' + workspace + '/made.txt","content":"made"}}',
                    bash('echo sk-ant-api03-aninventedsecret'), text('All is **made** 🎉 by sk-ant-api03-aninventedsecret')]),
            script('Break it', [text('I think that it works')]),
            script('Talk', [bash('echo one'), bash('echo two'), bash('echo three')]),
            script('Spend', [bash('echo one'), bash('echo two'), text('rich')], ',"costTokens":{"in":100000,"out":100000}'),
            script('Take your time', [bash('while sleep 1; do echo tick >> /tmp/ticks; done'), text('at last')]),
            script('Fall silent', [text('never')], ',"behaviour":"hang"'),
            script('End yourself', [bash('kill -9 $PPID'), text('still here')]),
            script('Build it', [bash('for i in 1 2 3 4 5 6 7 8 9 10 11 12; do sleep 1; done; echo built > built.txt'),
                    text('It takes its time'), text('It is built')]),
            script('Delegate it', ['{"tool":"Task","input":{"description":"look","prompt":"Look after it",'
                    + '"subagent_type":"general-purpose","run_in_background":true}}', text('Somebody looks'), text('All is well')]),
            script('Look after it', [bash('for i in 1 2 3; do sleep 1; done'), text('It is well')]),
            script('Serve it', ['{"tool":"Bash","input":{"command":"while :; do sleep 1; done","description":"the server",'
                    + '"run_in_background":true}}', text('It is up')]),
            script('Be unlucky', [text('never')], ',"behaviour":"529"'),
    ].join(',') + ']')
}
return true
