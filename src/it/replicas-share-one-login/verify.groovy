import io.github.claudefleet.it.ItProject

ItProject.of(basedir, mavenHome, settings, localRepositoryPath).withCloseable { project ->
    def docker = project.docker()
    def readWrite = { container ->
        docker.inspect(container.id()).Mounts.collectEntries { [it.Destination, it.RW] }
    }
    try {
        def containers = project.containers()
        assert containers*.name()*.replace(project.stem() + '-', '') ==
                ['auth', 'gateway', 'reader-1', 'reader-2', 'reader-3']
        assert containers*.state()*.name() == ['RUNNING'] * 5
        def agents = containers.drop(2)
        agents.each { agent ->
            assert project.exec(agent, 'claude', '-p', 'Say yes').output().trim() == 'yes'
        }
        assert readWrite(containers[0]).findAll { it.key.startsWith('/claude-fleet/') } == ['/claude-fleet/login': true, '/claude-fleet/kit': true]
        agents.each { agent ->
            def mounts = readWrite(agent)
            assert mounts.findAll { it.key.startsWith('/claude-fleet/') } ==
                    ['/claude-fleet/login': false, '/claude-fleet/kit': false, '/claude-fleet/gateway': false]
            assert docker.inspect(agent.id()).Mounts.find { it.Destination == '/claude-fleet/login' }.Source ==
                    new File(basedir, 'login/for-agents').canonicalPath
            assert mounts.every { it.key ==~ '/(claude-fleet|workspace)(/.*)?' || it.key in ['/tmp', '/var/tmp', '/home/agent', '/etc/passwd'] }
            assert docker.inspect(agent.id()).Mounts.find { it.Source == basedir.canonicalPath }.RW : 'it works in the project itself'
        }
        containers.each { container ->
            def seen = docker.inspect(container.id())
            assert seen.Config.User == '1000:1000'
            assert seen.HostConfig.CapDrop == ['ALL'] && !seen.HostConfig.CapAdd && !seen.HostConfig.Privileged
            assert seen.HostConfig.SecurityOpt == ['no-new-privileges']
            assert seen.HostConfig.Init
            def isGateway = container.name().endsWith('-gateway')
            assert seen.HostConfig.Memory == (isGateway ? 256L << 20 : 2L << 30) && seen.HostConfig.PidsLimit == (isGateway ? 64 : 512)
            assert seen.HostConfig.NanoCpus > 0 && seen.HostConfig.NanoCpus <= 2_000_000_000
        }
        def token = new groovy.json.JsonSlurper().parse(new File(basedir, 'login/.credentials.json')).claudeAiOauth
        assert project.searchFor(token.accessToken).inFleet().findings() == []
        assert project.searchFor(token.refreshToken).inFleet().findings() == []
        assert project.buildLog().contains('Fleet replicas-share-one-login: 3 agents ready')
        project.maven('-B', 'claude-fleet:stop').succeeded()
        assert project.leftovers() == []
    } finally {
        project.cleanUp()
    }
}
return true
