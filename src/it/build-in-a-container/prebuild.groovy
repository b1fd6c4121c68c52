import io.github.claudefleet.it.ItProject

ItProject.of(basedir, mavenHome, settings, localRepositoryPath).withCloseable {
    it.logIn('in-a-container-' + System.nanoTime()).handOver()
}
return true
