import io.github.claudefleet.spec.ImageSpec
import io.github.claudefleet.image.ImageBuilder
import io.github.claudefleet.it.ItProject

def OTHER_BASE = 'claude-fleet-test/bundled-image-as-base:1'

ItProject.of(basedir, mavenHome, settings, localRepositoryPath).withCloseable { project ->
    def docker = project.docker()
    def built = [OTHER_BASE]
    def alone = []
    def runAlone = { String image, List options = [] ->
        def command = ['run', '--detach', '--init', '--network', System.getProperty('standin.network'), *options, image]
        alone << docker.run(command as String[]).readLines().last()
        alone.last()
    }
    try {
        def auth = project.containers()[0]
        assert auth.image() == project.bundledImage()
        def version = project.exec(auth, 'claude', '--version').output()
        assert version.startsWith(ImageSpec.DEFAULT_CLAUDE_VERSION + ' ')
        assert project.exec(auth, 'git', '--version').succeeded()
        def trusted = project.exec(auth, 'cat', '/opt/claude-fleet/ca-bundle.pem').output()
        assert trusted == new File(System.getProperty('standin.bundle')).text : 'the image trusts what the host trusts'
        def base = docker.inspect(System.getProperty('it.baseImage')).RootFS.Layers
        assert docker.inspect(auth.image()).RootFS.Layers.take(base.size()) == base : 'it stands on the base'

        def config = docker.inspect(auth.image()).Config
        assert config.User == '1000:1000' && project.exec(auth, 'id', '-un').output().trim() == 'agent'
        assert config.WorkingDir == '/workspace'
        assert config.Entrypoint == ['/bin/sh', '/opt/claude-fleet/entrypoint.sh']
        assert config.Env.containsAll(['CLAUDE_CONFIG_DIR=/home/agent/.claude', 'DISABLE_AUTOUPDATER=1'])

        // Without the plugin: it waits for a login and says how to log in, works on a prompt, runs a command.
        def waiting = runAlone(auth.image())
        docker.awaitLog(waiting, "has no login and waits for one; log in with: docker exec -it ${waiting.take(12)} claude auth login")
        assert docker.inspect(waiting).State.Running
        def working = runAlone(auth.image(), ['--env', 'PROMPT=Say yes',
                '--env', 'CLAUDE_CODE_OAUTH_TOKEN=sk-ant-oat01-standin.bundled-image.setup'])
        docker.awaitLog(working, '"result":"yes"')
        assert docker.run('wait', working) == '0'
        assert docker.run('run', '--rm', auth.image(), 'claude', '--version') == version.trim()

        // A base's name is part of the recipe; this one has the CLI already, so that the build takes no registry.
        docker.run('tag', project.bundledImage(), OTHER_BASE)
        def first = project.maven('-B', 'claude-fleet:auth', '-Dclaude-fleet.image.base=' + OTHER_BASE).succeeded()
        def image = project.containers()[0].image()
        assert image != project.bundledImage()
        built << image
        first.says("Build image ${image} (the engine does not have it)").says("Image ${image} is ready")
        def made = docker.inspect(image)
        assert made.RootFS.Layers.take(base.size()) == base

        project.maven('-B', 'claude-fleet:auth', '-Dclaude-fleet.image.base=' + OTHER_BASE).succeeded()
                .saysNot('uild image')
        assert docker.inspect(image) == made : 'the second run found it'
        project.maven('-B', 'claude-fleet:stop').succeeded()
        assert project.leftovers() == []

        // The same files make it without Maven, too, as docs/images.md has it.
        def context = new File(ImageBuilder.getResource('Dockerfile').toURI()).parentFile.parent
        def byHand = 'claude-fleet-test/bundled-image-by-hand:1'
        docker.run('build', '--build-arg', 'BASE=' + OTHER_BASE, '--build-arg',
                'CLAUDE_VERSION=' + ImageSpec.DEFAULT_CLAUDE_VERSION, '--tag', byHand,
                '--file', context + '/image/Dockerfile', context)
        built << byHand
        docker.awaitLog(runAlone(byHand), 'has no login and waits for one')
    } finally {
        project.cleanUp()
        alone.each { docker.run('rm', '--force', it) }
        built.each { docker.run('rmi', '--force', it) }
    }
}
return true
