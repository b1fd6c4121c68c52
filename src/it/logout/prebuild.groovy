import io.github.claudefleet.it.ItProject

context.account = 'logout-' + System.nanoTime()
ItProject.of(basedir, mavenHome, settings, localRepositoryPath).withCloseable { it.logIn(context.account).handOver() }
return true
