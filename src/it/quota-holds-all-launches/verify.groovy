import groovy.json.JsonSlurper
import io.github.claudefleet.it.ItProject
import java.time.Instant

ItProject.of(basedir, mavenHome, settings, localRepositoryPath).withCloseable { project ->
    def account = 'quota-holds-all-launches'
    def asked = { project.standIn().requests(account).findAll { it.note() =~ /turn \d: Do part/ } }
    try {
        def await = project.startMaven('-B', 'claude-fleet:await')
        assert (1..1200).find { sleep 100; asked().findAll { it.note().contains('turn 0') }.size() >= 3 }
        project.standIn().quotaResetsAt(account, Instant.now().plusSeconds(60))
        project.standIn().behaviour(account, '429')
        await.awaitOutput('no task starts until')
        sleep 3_000
        def before = asked().size()
        sleep 6_000
        assert asked().size() == before : 'nobody asks while there is no quota'
        project.standIn().behaviour(account, 'ok')
        def since = System.currentTimeMillis()
        assert await.await().succeeded().says('10 of 10 tasks done')

        def tasks = new JsonSlurper().parse(new File(basedir, 'target/claude-fleet/fleet.json')).tasks
        assert tasks*.outcome.unique() == ['done']
        assert tasks.any { it.attempts == 2 } : 'those that met the end of the quota were begun again'
        def after = asked().findAll { it.timeMillis() >= since }
        def second = after.find { it.note() != after[0].note() && it.note().contains('turn 0') }
        def answered = after.find { it.note() == after[0].note().replace('turn 0', 'turn 1') }
        assert answered.timeMillis() <= second.timeMillis() : 'one goes first'
        project.maven('-B', 'claude-fleet:stop').succeeded()
        assert project.leftovers() == []
    } finally {
        project.cleanUp()
    }
}
return true
