import groovy.json.JsonSlurper
import io.github.claudefleet.it.ItProject

ItProject.of(basedir, mavenHome, settings, localRepositoryPath).withCloseable { project ->
    def docker = project.docker()
    def account = context.account
    // Reads everything that the container's user can read. The parts of the secret are joined in the shell's memory, so
    // that the search does not find itself.
    def search = { String container, String kind ->
        project.exec(project.agent(container), 'sh', '-c', """
            secret() { printf '%s-standin.%s.' 'sk-ant-$kind' '$account'; }
            secret | grep -rlsF -f - / --exclude-dir=proc --exclude-dir=sys
            for file in /proc/[0-9]*/environ /proc/[0-9]*/cmdline; do
                secret | grep -qsF -f - "\$file" && echo "\$file"
            done
            true""").output().readLines() as Set
    }
    def login = new File(basedir, 'login')
    try {
        def agents = ['bound', 'reader', 'own']
        agents.each { assert project.exec(project.agent(it), 'claude', '-p', 'Say yes').output().trim() == 'yes' }
        def kept = new File(login, '.credentials.json.last-good')
        assert (1..300).any { kept.exists() || sleep(200) } : 'the keeper has made its own copy'

        agents.each { agent -> assert search(agent, 'ort01') == [] as Set : "$agent reaches no refresh token" }
        assert search('auth', 'ort01') == ['/claude-fleet/login/.credentials.json', '/claude-fleet/login/.credentials.json.last-good'] as Set :
                'the search does find it where it is'
        agents.each {
            def seen = project.exec(project.agent(it), 'pwd').output().trim() + '/login/.credentials.json'
            assert search(it, 'oat01') == ['/claude-fleet/login/.credentials.json', seen] as Set
        }
        agents.each {
            def mount = docker.inspect(project.agent(it).id()).Mounts.find { it.Destination == '/claude-fleet/login' }
            assert mount.Source == new File(login, 'for-agents').canonicalPath && !mount.RW
        }
        assert project.searchFor("sk-ant-ort01-standin.${account}.".toString()).inFleet().findings() == []
        def whole = new JsonSlurper().parse(new File(login, '.credentials.json')).claudeAiOauth
        def part = new JsonSlurper().parse(new File(login, 'for-agents/.credentials.json')).claudeAiOauth
        assert part.accessToken == whole.accessToken && part.expiresAt == whole.expiresAt && !part.containsKey('refreshToken')

        // A logout by an agent ends nothing: it has nothing that could be revoked.
        agents.each { project.exec(project.agent(it), 'claude', 'auth', 'logout') }
        agents.each { assert project.exec(project.agent(it), 'claude', '-p', 'Say yes').output().trim() == 'yes' }
        def counts = project.standIn().counts(account)
        assert counts.revoked() == 0 && counts.refreshes() == 1 && counts.refreshesRefused() == 0

        // The doctor compares each agent's copy with the login.
        def doctor = { project.maven('-B', 'claude-fleet:doctor').output() }
        assert doctor().contains('agent own: reads the login at /claude-fleet/login/.credentials.json')
        docker.run('stop', project.agent('auth').id())
        project.logIn(account).handOver()
        assert doctor().contains('agent own: sees an older access token than the one in ' + login.canonicalPath)
        project.maven('-B', 'claude-fleet:auth').succeeded()
        assert doctor().contains('agent own: reads the login at /claude-fleet/login/.credentials.json')

        project.maven('-B', 'claude-fleet:stop', 'claude-fleet:logout').succeeded()
        assert project.leftovers() == []
        assert project.standIn().counts(account).revoked() >= 1
        assert new File(login, 'for-agents').list() == [] as String[] : 'the token is gone with its login'
    } finally {
        project.cleanUp()
    }
}
return true
