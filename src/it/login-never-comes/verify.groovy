import io.github.claudefleet.it.ItProject
import java.nio.file.Files
import java.nio.file.attribute.PosixFilePermissions

ItProject.of(basedir, mavenHome, settings, localRepositoryPath).withCloseable { project ->
    try {
        assert project.leftovers() == []
        def login = project.directory().resolve('login')
        assert PosixFilePermissions.toString(Files.getPosixFilePermissions(login)) == 'rwx------'
        assert Files.getAttribute(login, 'unix:uid') == ItProject.AGENT_USER.uid()
        def log = project.buildLog()
        assert log.contains('The login was not proved within 3 s: no login. Sign in once: mvn claude-fleet:auth')
        assert log.contains('Removed what this start had made (1 container)')
    } finally {
        project.cleanUp()
    }
}
return true
