import io.github.claudefleet.it.ItProject

ItProject.of(basedir, mavenHome, settings, localRepositoryPath).withCloseable { it.logIn('hardened').completeDockerfile().handOver() }
return true
