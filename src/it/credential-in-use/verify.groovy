import io.github.claudefleet.claude.FakeCli
import io.github.claudefleet.it.ItProject
import java.nio.file.Files

ItProject.of(basedir, mavenHome, settings, localRepositoryPath).withCloseable { project ->
    def account = 'in-use-' + System.nanoTime()
    def refused = { List dockerfile, List words, String... arguments ->
        Files.writeString(project.directory().resolve('Dockerfile'),
                (['FROM ' + project.bundledImage(), 'USER 0'] + dockerfile).join('\n') + '\n')
        def run = project.maven(['-B', 'claude-fleet:auth', '-Dclaude-fleet.auth.timeout=20s',
                '-Dclaude-fleet.image.dockerfile=Dockerfile', '-Dclaude-fleet.image.pull=never',
                *arguments] as String[]).failedPlainly()
        words.each { run.says(it) }
        run.saysNot('sk-ant')
        assert project.leftovers() == [] : words
        assert project.standIn().requests(account).every { !it.path().startsWith('/v1/messages') } : words
        return run
    }
    def managed = { String json -> ["RUN mkdir -p /etc/claude-code && echo '${json}' >/etc/claude-code/managed-settings.json"] }
    try {
        project.logIn(account)
        def key = 'sk-ant-api03-standin.stranger'

        refused(["ENV ANTHROPIC_API_KEY=${key}"], ["image.dockerfile ${project.ownImage()} sets"
                + ' ANTHROPIC_API_KEY in its environment (ENV)', 'auth.mode login', 'Use an image without it'])
                .saysNot('Created')
        refused(['ENV CLAUDE_CODE_USE_VERTEX=1'], ['sets CLAUDE_CODE_USE_VERTEX in its environment']).saysNot('Created')

        refused(managed("""{"env":{"ANTHROPIC_API_KEY":"${key}"}}"""), ['another credential than the chosen login',
                'ANTHROPIC_API_KEY in /etc/claude-code/managed-settings.json of the image', 'Take it away'])
        refused(managed("""{"apiKeyHelper":"echo ${key}"}"""),
                ['apiKeyHelper in /etc/claude-code/managed-settings.json of the image'])
        refused(["RUN mkdir -p /home/agent/.claude && echo '{\"apiKeyHelper\":\"echo ${key}\"}' >/home/agent/.claude/settings.json"
                + ' && chmod -R a+rwX /home/agent/.claude'],
                ['apiKeyHelper in /home/agent/.claude/settings.json of the image'])

        def shared = project.directory().resolve('login/settings.json')
        Files.writeString(shared, """{"apiKeyHelper":"echo ${key}"}""")
        refused([], ["apiKeyHelper in ${shared}"], '-Dclaude-fleet.sharing=all')
        Files.delete(shared)

        // What nobody could see before: the CLI's own word is the last line of defence.
        refused(['COPY claude-with-a-key /usr/local/sbin/claude', 'RUN chmod 755 /usr/local/sbin/claude'],
                ['the CLI reports method api_key from ANTHROPIC_API_KEY, where auth.mode login gives claude.ai'])

        Files.writeString(project.directory().resolve('claude-of-yesterday'), FakeCli.running('''\
            [ "$1" = --version ] && echo '2.1.224 (Claude Code)' && exit
            echo "asked for more than its version: $*" >&2
            exit 9
            '''))
        refused(['COPY claude-of-yesterday /usr/local/sbin/claude', 'RUN chmod 755 /usr/local/sbin/claude'],
                ['the Claude Code CLI in the image is too old (it is 2.1.224, and a fleet needs 2.1.225)',
                'image.claudeVersion']).saysNot('asked for more')

        // A settings.json beside the login is not read where the login alone is shared.
        Files.writeString(shared, """{"apiKeyHelper":"echo ${key}"}""")
        project.maven('-B', 'claude-fleet:auth').succeeded().says('(claude.ai,')
        assert project.standIn().requests(account).any { it.path().startsWith('/v1/messages') && it.status() == 200 }
        project.maven('-B', 'claude-fleet:logout').succeeded()
                .says('Login: mode login, kept in').says('the CLI reports method claude.ai').says('Logged out')
        assert project.leftovers() == []
    } finally {
        project.cleanUp()
        project.removeOwnImage()
    }
}
return true
