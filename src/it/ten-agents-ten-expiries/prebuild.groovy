import io.github.claudefleet.it.ItProject
import io.github.claudefleet.it.LongWork

ItProject.of(basedir, mavenHome, settings, localRepositoryPath).withCloseable {
    context.account = basedir.name + '-' + System.nanoTime()
    new LongWork(it, context.account).prepare()
}
return true
