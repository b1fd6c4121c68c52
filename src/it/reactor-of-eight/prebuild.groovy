import io.github.claudefleet.it.ItProject

ItProject.of(basedir, mavenHome, settings, localRepositoryPath).withCloseable {
    context.account = 'reactor-of-eight-' + System.nanoTime()
    it.logIn(context.account).handOver()
}
return true
