import io.github.claudefleet.it.ItProject

ItProject.of(basedir, mavenHome, settings, localRepositoryPath).withCloseable { it.completeDockerfile().logIn('agent-never-ready').handOver() }
return true
