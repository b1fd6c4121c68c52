import io.github.claudefleet.it.ItProject

ItProject.of(basedir, mavenHome, settings, localRepositoryPath).withCloseable {
    context.account = 'second-' + System.nanoTime()
    it.logIn(context.account).handOver()
}
return true
