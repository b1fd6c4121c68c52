import io.github.claudefleet.it.ItProject
import java.time.Duration

ItProject.of(basedir, mavenHome, settings, localRepositoryPath).withCloseable {
    context.account = 'expired-' + System.nanoTime()
    // Longer than `claude auth status` waits: neither the keeper nor a goal may turn away from a refresh.
    it.standIn().tokenBehaviour(context.account, 'slow:12000')
    it.logIn(context.account, Duration.ofHours(-1)).handOver()
}
return true
