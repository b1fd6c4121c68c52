import io.github.claudefleet.it.ItProject

context.account = 'keeper-mends-the-login-' + System.nanoTime()
ItProject.of(basedir, mavenHome, settings, localRepositoryPath).withCloseable { it.logIn(context.account).handOver() }
return true
