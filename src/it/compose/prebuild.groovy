import io.github.claudefleet.it.ItProject

ItProject.of(basedir, mavenHome, settings, localRepositoryPath).withCloseable { project ->
    ['login', 'workspace'].each { new File(basedir, it).mkdir() }
    project.handOver()
}
return true
