import io.github.claudefleet.it.ItProject

ItProject.of(basedir, mavenHome, settings, localRepositoryPath).withCloseable { it.logIn('replicas-share-one-login').handOver() }
return true
