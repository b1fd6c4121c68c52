import io.github.claudefleet.it.ItProject

ItProject.of(basedir, mavenHome, settings, localRepositoryPath).withCloseable { project ->
    ['login/for-agents', 'workspace'].each { new File(basedir, it).mkdirs() }
    project.handOver()
}
return true
