import io.github.claudefleet.it.Compose
import io.github.claudefleet.it.ItProject

ItProject.of(basedir, mavenHome, settings, localRepositoryPath).withCloseable { project ->
    def docker = project.docker()
    def compose = Compose.of(project)
    try {
        compose.run('up', '--detach')
        def agents = ['reviewer', 'tester'].collect { compose.container(it) }
        agents.each { docker.awaitLog(it, 'has no login and waits for one; log in with: docker compose exec auth claude auth login') }
        docker.awaitLog(compose.container('auth'), 'claude-fleet: keeper up')

        compose.signIn('code-compose#state')
        agents.each { docker.awaitLog(it, " ready") }
        docker.awaitLog(agents[0], '"result":"yes"')
        assert docker.run('wait', agents[0]) == '0'
        assert docker.run('exec', agents[1], 'claude', '-p', 'Say yes') == 'yes'
        assert !docker.run('exec', agents[1], 'cat', '/claude-fleet/login/.credentials.json').contains('refresh')
        assert docker.run('exec', agents[1], 'sh', '-c', 'touch /claude-fleet/login/x || echo closed').contains('closed')
        assert project.standIn().requests('compose').any { it.status() == 200 }

        def kept = new File(basedir, 'login/.credentials.json.last-good')
        assert (1..600).any { kept.exists() || sleep(200) } : 'the keeper keeps a copy'
        compose.run('down')
        assert compose.containers() == []
        assert new File(basedir, 'login').list() as Set == ['.credentials.json', '.credentials.json.last-good', 'for-agents'] as Set :
                'the login stays with the copy of it that the keeper keeps, and nothing else is in it'
    } finally {
        compose.remove()
    }
}
return true
