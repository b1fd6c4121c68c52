import io.github.claudefleet.it.ItProject
import java.nio.file.Files

ItProject.of(basedir, mavenHome, settings, localRepositoryPath).withCloseable { project ->
    def base = System.getProperty('it.baseImage')
    def reason = 'reason-' + System.nanoTime()
    Files.writeString(project.directory().resolve('Dockerfile'), "FROM ${base}\nRUN echo ${reason} >&2; exit 3\n")
    def start = { List arguments, String... words ->
        def run = project.maven(['-B', 'claude-fleet:start', *arguments] as String[]).failedPlainly()
        words.each { run.says(it) }
        assert project.leftovers() == [] : arguments
    }
    try {
        project.logIn('bad-input-' + System.nanoTime())
        start(['-Dclaude-fleet.image.name=127.0.0.1:1/not-there:1'],
                'pull image 127.0.0.1:1/not-there:1', 'Check image.name')
        start(['-Dclaude-fleet.image.base=127.0.0.1:1/not-there:1'],
                '127.0.0.1:1/not-there', "name another with image.base")
        start(['-Dclaude-fleet.image.dockerfile=not-there'], 'image.dockerfile', 'Name a Dockerfile')

        start(['-Dclaude-fleet.image.dockerfile=Dockerfile'], reason, 'returned a non-zero code: 3', 'image.dockerfile')
        assert !project.docker().run('ps', '--all', '--no-trunc', '--format', '{{.Command}}').contains(reason) :
                'a failed build leaves no container of a step'
        assert project.engine().images().find(project.ownImage()).isEmpty()

        start(['-Dagent.cpus=1000'], 'asks for 1000 processors', 'Set cpus to')
    } finally {
        project.cleanUp()
    }
}
return true
