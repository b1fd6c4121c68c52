import io.github.claudefleet.it.ItProject

ItProject.of(basedir, mavenHome, settings, localRepositoryPath).withCloseable {
    context.account = 'beside-' + System.nanoTime()
    it.logIn(context.account).handOver()
}
return true
