import io.github.claudefleet.it.ItProject

ItProject.of(basedir, mavenHome, settings, localRepositoryPath).withCloseable { it.completeDockerfile().logIn('sharing-falls-back').handOver() }
return true
