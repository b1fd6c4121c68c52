import io.github.claudefleet.it.ItProject
import java.nio.file.Files
import java.time.Duration

// Joined here, so that this file, which is in the agents' workspaces, has neither of them.
def jobToken = ['job', 'federation'].join('-')
def accessToken = ['oat01-standin', 'federation', ''].join('.')
// GitHub's variables of a job. The stand-in has an endpoint like GitHub's.
def github = [ACTIONS_ID_TOKEN_REQUEST_URL: 'https://api.anthropic.com/oidc/token?api-version=2.0',
              ACTIONS_ID_TOKEN_REQUEST_TOKEN: jobToken]
def lives = Duration.ofSeconds(160)
def audience = 'https://api.anthropic.com'

ItProject.of(basedir, mavenHome, settings, localRepositoryPath).withCloseable { project ->
    def standIn = project.standIn()
    def run = { Map environment, String... arguments -> project.startMavenWith(environment, arguments).await() }
    // Where a text is that an agent, or whoever looks at the engine, could read.
    def search = { String container, String text -> project.exec(project.agent(container), 'sh', '-c', """
            secret() { printf '%s' '${text[0..3]}'; printf '%s' '${text[4..-1]}'; }
            secret | grep -rlsF -f - / --exclude-dir=proc --exclude-dir=sys
            for file in /proc/[0-9]*/environ /proc/[0-9]*/cmdline; do
                secret | grep -qsF -f - "\$file" && echo "\$file"
            done
            true""").output().readLines() as Set }
    def answers = { String agent ->
        project.exec(project.agent(agent), 'timeout', '60', 'claude', '-p', 'Say yes').output().trim() == 'yes'
    }
    try {
        standIn.accessTokensLive('federation', lives)
        // The CLI refuses a command that only sleeps.
        def wait = 'end=$(($(date +%s) + 60)); until [ $(date +%s) -ge $end ]; do sleep 1; done'
        def pause = """{"tool":"Bash","input":{"command":"$wait"}}"""
        standIn.scripts('federation', """[{"match":"Work for long","turns":[$pause,$pause,$pause,{"text":"done"}]}]""")

        def started = run(github, '-X', '-B', 'claude-fleet:start').succeeded()
        started.says("Login: mode federation, rule fdrl_federation, identity token from GitHub's OIDC endpoint")
        started.says('Login works: a real request was answered (oauth_token')
        started.saysNot(jobToken)
        assert answers('idle') && answers('open')
        assert standIn.requests('federation').every { it.status() in [200, 404] }

        // What is where. The access token of agents behind the gateway is a placeholder.
        def token = project.exec(project.agent('auth'), 'cat', '/claude-fleet/identity/token').output().trim()
        // The keeper may renew meanwhile: then only the spent one has it.
        def found = search('auth', token)
        assert token.startsWith('eyJ') && found.contains('/claude-fleet/identity/used') : 'the search does find it where it is'
        assert found - ['/claude-fleet/identity/token', '/claude-fleet/identity/used'] == [] as Set
        ['idle', 'open', 'gateway'].each { assert search(it, token) == [] as Set : it }
        ['idle', 'open', 'gateway'].each { assert search(it, jobToken) == [] as Set : it }
        assert search('idle', accessToken) == [] as Set
        assert search('open', accessToken) == ['/claude-fleet/secrets/access-token.json'] as Set
        assert project.searchFor(token, jobToken).inFleet().inFilesExcept('verify.groovy').findings() == []
        assert project.exec(project.agent('open'), 'sh', '-c', 'stat -c "%a %u" /claude-fleet/secrets/access-token.json; ' +
                'touch /claude-fleet/secrets/x || echo read-only').output() == '600 1000\nread-only\n'

        // Both work for longer than an access token lives, and are refused nothing.
        ['worker', 'outside'].each { assert project.result(project.awaitEnd(it, Duration.ofMinutes(10))).result == 'done' : project.log(project.agent(it)) }
        def asked = standIn.requests('federation').findAll { it.path().startsWith('/v1/messages') }
        assert asked.every { it.status() == 200 } : asked.findAll { it.status() != 200 }
        assert asked.collect { it.credential() }.toSet().size() >= 3 : 'the access token was renewed'
        def exchanges = standIn.requests('federation').findAll { it.path() == '/v1/oauth/token' }
        assert exchanges.size() >= 3 && exchanges.every { it.note().startsWith('gave access token') } : exchanges
        assert project.log(project.agent('auth')).every { !it.contains('eyJ') && !it.contains('sk-ant') }

        def status = run(github, '-B', 'claude-fleet:status').succeeded()
        status.says('federation').says('token good for')
        def doctor = run(github, '-B', 'claude-fleet:doctor').output()
        assert doctor =~ /pass +identity token: from GitHub's OIDC endpoint/
        assert doctor =~ /pass +keeper: renewed .* ago, token good for/
        assert doctor =~ /pass +login: a real request was answered \(oauth_token\)/
        run(github, '-B', 'claude-fleet:logout').failed().says('is federation, a credential that the fleet was handed')
        run(github, '-B', 'claude-fleet:stop').succeeded()
        assert project.leftovers() == []

        // Each wrong verdict, before any prompt is sent.
        def given = project.directory().resolve('identity/token')
        Files.createDirectories(given.parent)
        def auth = { String content, String... more ->
            Files.writeString(given, content)
            project.handOver()
            def arguments = ['-B', 'claude-fleet:auth', '-Dclaude-fleet.auth.file=identity/token', *more] as String[]
            run([:], arguments)
        }
        def expired = auth(standIn.identityToken('federation', audience, Duration.ofMinutes(-5))).failedPlainly()
        expired.says('the identity token has expired').says('Have a new one issued')
        assert expired.output() =~ /ended [3-9]\d\d s ago/
        auth(standIn.identityToken('federation', 'sts.amazonaws.com', Duration.ofMinutes(5))).failedPlainly()
                .says('the identity token is for another audience').says('is for "sts.amazonaws.com"')
        auth(standIn.identityToken('another')).failedPlainly()
                .says('the federation rule refused the identity token').says('its subject "repo:another"').says('request-id')
        auth('{"value":"eyJ"}').failedPlainly().says('the identity token is no JSON web token').says('jq -r .value')
        run([:], '-B', 'claude-fleet:auth').failedPlainly().says('nothing says where the identity token is')
        run([GITHUB_ACTIONS: 'true'], '-B', 'claude-fleet:auth').failedPlainly().says('permissions: id-token: write')
        run([ACTIONS_ID_TOKEN_REQUEST_URL: github.ACTIONS_ID_TOKEN_REQUEST_URL, ACTIONS_ID_TOKEN_REQUEST_TOKEN: 'wrong'],
                '-B', 'claude-fleet:auth').failedPlainly().says('there is no identity token').says('answers 401')
        assert project.leftovers() == []

        // A good one, with a byte order mark and a line's end. It works once: then the file must have another.
        def once = standIn.identityToken('federation')
        auth('\ufeff' + once + '\r\n').succeeded().says('Login works')
        project.exec(project.agent('auth'), 'rm', '/claude-fleet/secrets/access-token.json')
        run([:], '-B', 'claude-fleet:auth', '-Dclaude-fleet.auth.file=identity/token').failedPlainly()
                .says('the identity token was exchanged before, and works once')
        auth(standIn.identityToken('federation')).succeeded().says('Login works')
        run([:], '-B', 'claude-fleet:stop', '-Dclaude-fleet.auth.file=identity/token').succeeded()
        assert project.leftovers() == []
    } finally {
        project.cleanUp()
    }
}
return true
