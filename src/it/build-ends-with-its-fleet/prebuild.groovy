import io.github.claudefleet.it.ItProject

ItProject.of(basedir, mavenHome, settings, localRepositoryPath).withCloseable {
    context.account = 'ends-' + System.nanoTime()
    it.logIn(context.account).handOver()
}
return true
