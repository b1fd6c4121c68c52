import io.github.claudefleet.it.ItProject
import java.nio.file.Files

ItProject.of(basedir, mavenHome, settings, localRepositoryPath).withCloseable { project ->
    def directory = project.directory()
    Files.writeString(directory.resolve('file'), 'not a directory')
    Files.createDirectory(directory.resolve('of-root'))
    Files.writeString(directory.resolve('no-certificate.pem'), 'nothing to trust')
    Files.writeString(directory.resolve('empty'), '')

    // What is given, what is said of it, and what to do next.
    def home = System.getProperty('user.home')
    def cases = [
        [['engine=unix:///nowhere.sock'], 'find a container engine', 'unix:///nowhere.sock', 'Start Docker'],
        [['engine=tcp://127.0.0.1:1'], 'find a container engine', 'tcp://127.0.0.1:1', 'Start Docker'],
        [['engine=carrier-pigeon://x'], 'engine', 'carrier-pigeon', 'unix:///'],
        [['network=not-there'], 'network "not-there" is not on the engine', 'docker network create'],
        [['image.name=not-there:1', 'image.pull=never'], 'image.name not-there:1 is not on the engine', 'set image.pull'],
        [['auth.directory=file'], "auth.directory ${directory}/file can't be made", 'Choose a directory'],
        [['auth.directory=/proc/login'], "auth.directory /proc/login can't be made", 'Choose a directory'],
        [["auth.directory=${home}"], "auth.directory ${home} holds the home directory", 'for the login alone'],
        [['auth.mode=magic'], 'auth.mode "magic" is unknown', 'Use one of: login, token, apiKey.'],
        [['auth.mode=token'], 'auth.mode is token, but nothing says where', 'Set one of auth.serverId'],
        [['auth.mode=token', 'auth.serverId=nobody'], 'auth.serverId "nobody" is not a <server>', 'Add <server>'],
        [['auth.mode=token', 'auth.env=FLEET_NO_TOKEN'], 'FLEET_NO_TOKEN, which is not set', 'Set it where Maven'],
        [['auth.mode=apiKey', 'auth.file=empty'], "auth.file ${directory}/empty is empty", 'Put the credential into it.'],
        [['image.caBundle=no-certificate.pem'], 'image.caBundle', 'has no certificate in PEM form', 'Name a file'],
        [['extraHosts=db'], 'extraHosts "db" is not HOST:ADDRESS', 'db:127.0.0.1'],
        [['user=0'], 'user is root', '1000:1000'],
        [['workers=-1'], 'workers -1 is out of range', 'from 1 to 500'],
        [['startTimeout=soon'], 'startTimeout "soon" is not a duration', '30s, 5m or 2h'],
        [['image.name=NOT a name'], 'image.name "NOT a name" is not the name of an image', 'as docker run takes it'],
    ].collect { [it[0].collect { "-Dclaude-fleet.${it}" }, *it[1..-1]] } + [
        [['-Dagent.name=worker-1', '-Dclaude-fleet.workers=1'], 'agent.name "worker-1" is used twice', 'replicas included'],
        [['-Dagent.name=Bad_Name'], 'agent.name "Bad_Name" is not a valid name', 'for example "bad-name"'],
        [['-Dagent.memory=lots'], 'agent.memory "lots" is not a size', 'such as 512m or 2g'],
        [['-Dagent.workspace=not-there'], "workspace ${directory}/not-there is not a directory", 'Make it'],
        [['-Dagent.workspace=file'], "workspace ${directory}/file is not a directory", 'Make it'],
        [['-Dagent.workspace=of-root'], "workspace ${directory}/of-root of agent worker can't be written", 'chown -R 1000:1000'],
    ]
    try {
        cases.each { arguments, String... words ->
            def run = project.maven(['-B', 'claude-fleet:start', *arguments] as String[]).failedPlainly()
            words.each { run.says(it) }
            assert project.leftovers() == [] : arguments
        }
        assert Files.readString(directory.resolve('file')) == 'not a directory'

        project.maven('-B', 'claude-fleet:logs', '-Dclaude-fleet.agent=nobody').failedPlainly()
                .says('agent "nobody" has no container in fleet bad-input').says('mvn claude-fleet:start')
        project.maven('-B', 'claude-fleet:logs', '-Dclaude-fleet.tail=-1').failedPlainly()
                .says('tail -1 is out of range').says('from 0 to')
    } finally {
        project.cleanUp()
    }
}
return true
