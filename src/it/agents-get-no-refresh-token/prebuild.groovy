import io.github.claudefleet.it.ItProject
import java.time.Duration

// Expired: the login is renewed before agents start, and the copy of the last good one exists, too.
context.account = 'canary-' + System.nanoTime()
ItProject.of(basedir, mavenHome, settings, localRepositoryPath).withCloseable { project ->
    project.logIn(context.account, Duration.ofMinutes(-1)).handOver()
}
return true
