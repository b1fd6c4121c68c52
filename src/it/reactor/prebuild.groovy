import io.github.claudefleet.it.GitRepository
import io.github.claudefleet.it.ItProject

ItProject.of(basedir, mavenHome, settings, localRepositoryPath).withCloseable { project -> project.logIn('reactor') }
GitRepository.create(basedir, 'login/', 'build.log')
return true
