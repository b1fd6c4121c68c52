import io.github.claudefleet.it.ItProject
import java.time.Duration

ItProject.of(basedir, mavenHome, settings, localRepositoryPath).withCloseable {
    context.account = 'expired-' + System.nanoTime()
    it.logIn(context.account, Duration.ofHours(-1)).handOver()
}
return true
