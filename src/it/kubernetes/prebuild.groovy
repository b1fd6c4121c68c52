import io.github.claudefleet.it.GitRepository
import io.github.claudefleet.it.ItProject

ItProject.of(basedir, mavenHome, settings, localRepositoryPath).withCloseable { project ->
    new File(basedir, 'App.java').text = 'class App {}\n'
    GitRepository.create(basedir, 'target/', 'build.log', 'workspaces/')
    new File(basedir, 'App.java').append('// not committed\n')
    project.handOver()
}
return true
