import groovy.json.JsonSlurper
import io.github.claudefleet.ci.CiExample
import io.github.claudefleet.it.ItProject
import java.nio.file.FileSystems
import java.nio.file.Files
import java.time.Duration
import java.time.Instant
import java.util.concurrent.Callable
import java.util.concurrent.Executors

def examples = new File(new File(settings).parentFile.parentFile, 'examples/ci')
def loader = new GroovyClassLoader(getClass().classLoader)
loader.parseClass(new File(basedir, 'Jenkins.groovy'))
def Jenkins = loader.loadClass('Jenkins')

ItProject.of(basedir, mavenHome, settings, localRepositoryPath).withCloseable { project ->
    def docker = project.docker()
    def socket = project.engine().info().address() - 'unix://'
    // The socket's group, and that of the local repository, which others may not read.
    def groups = [socket, localRepositoryPath.path].collect { Files.getAttribute(new File(it).toPath(), 'unix:gid').toString() }
    def java = new File(System.getProperty('java.home')).canonicalPath
    // What this machine's JDK and Maven are made of, where a distribution has spread them.
    def parts = ['/usr', *new File('/etc').listFiles()*.path.findAll { it ==~ '/etc/(alternatives|maven|java.*)' }]
    def shared = ['--volume', "$localRepositoryPath:/repository:ro".toString()]
    shared += [*parts, java, new File(mavenHome).canonicalPath, new File(settings).parent, System.getProperty('standin.bundle')]
            .unique().collectMany { ['--volume', "$it:$it:ro".toString()] }
    shared += ['--volume', "$socket:$socket".toString()]
    def ids = { String job -> [ANTHROPIC_FEDERATION_RULE_ID: "fdrl_ci-examples-$job".toString(),
                               ANTHROPIC_ORGANIZATION_ID: '00000000-0000-4000-8000-000000000001',
                               ANTHROPIC_SERVICE_ACCOUNT_ID: "svac_ci-examples-$job".toString()] }
    def token = { String job -> project.standIn().identityToken("ci-examples-$job".toString()) }.memoize()
    def jobToken = { String job -> "job-ci-examples-$job".toString() }
    def run = { String... words ->
        def process = new ProcessBuilder(words).redirectErrorStream(true).start()
        def said = process.inputStream.text
        assert process.waitFor() == 0 : words + said
    }

    def matches = { File directory, String pattern ->
        def matcher = FileSystems.default.getPathMatcher("glob:$pattern")
        Files.walk(directory.toPath()).withCloseable { files -> files.anyMatch { matcher.matches(directory.toPath().relativize(it)) } }
    }

    /*
     * One job. The checkout is at the same path for the engine, as docs/ci-systems.md asks for.
     *
     * name, user; owner: of the checkout; home: a directory in the container, or null for one that the engine sees, too;
     * shell: as the CI calls it; variables: what the CI sets; example: what the example says
     */
    def build = { Map job ->
        def builds = new File(basedir, job.name)
        def checkout = new File(builds, 'group/shop')
        def home = new File(builds, 'home')
        home.mkdirs()
        // As a runner has it: a clone of a depth, at a commit and not at a branch.
        run('git', 'clone', '--quiet', '--no-local', new File(basedir, 'origin').path, checkout.path)
        run('git', '-C', checkout.path, 'checkout', '--quiet', '--detach', 'HEAD')
        if (job.owner != job.user) {
            // actions/checkout does this in a container whose user does not own the checkout.
            new File(home, '.gitconfig').text = "[safe]\n\tdirectory = $checkout\n"
        }
        run('chown', '-R', job.owner, builds.path)
        run('chown', '-R', job.user, home.path)
        def variables = [CI: 'true', JAVA_HOME: java, LC_ALL: 'C.UTF-8', HOME: job.home ?: home.path,
                         PATH: "${new File(mavenHome).canonicalPath}/bin:/usr/local/bin:/usr/bin:/bin",
                         *: job.variables(builds, checkout), *: job.example.variables]
        variables = variables.collectEntries { name, value ->
            [name, value.replaceAll(/\$(CI_\w+)/) { all, other -> job.variables(builds, checkout)[other] }
                    .replaceAll(/\$\{\{ *vars\.(\w+) *\}\}/) { all, other -> ids(job.name)[other] }]
        }
        variables = variables.findAll { name, value -> !name.startsWith('DOCKER_') }
        def id = docker.run('run', '--detach', '--network', 'none', '--workdir', checkout.path, '--user', job.user, *groups.collectMany { ['--group-add', it] },
                *variables.collectMany { name, value -> ['--env', "$name=$value".toString()] }, *shared,
                '--volume', "$builds:$builds".toString(), System.getProperty('it.baseImage'), *job.shell,
                job.example.script.join('\n')).readLines().last()
        try {
            // On a busy machine a job takes longer than a call of docker may.
            def end = Instant.now().plus(Duration.ofMinutes(6))
            while (docker.run('inspect', '--format', '{{.State.Status}}', id) != 'exited') {
                assert Instant.now().isBefore(end) : "$job.name: " + docker.run('logs', id)
                Thread.sleep(500)
            }
            [job, checkout, docker.run('inspect', '--format', '{{.State.ExitCode}}', id), docker.run('logs', id)]
        } finally {
            docker.run('rm', '--force', id)
        }
    }

    def gitHub = CiExample.gitHub(new File(examples, 'claude-fleet.yml').text)
    def gitLab = CiExample.gitLab(new File(examples, '.gitlab-ci.yml').text)
    def inGitHub = { builds, checkout -> [GITHUB_ACTIONS: 'true', GITHUB_STEP_SUMMARY: "$builds/home/summary.md".toString(),
                                          ACTIONS_ID_TOKEN_REQUEST_URL: 'https://api.anthropic.com/oidc/token?api-version=2.0',
                                          ACTIONS_ID_TOKEN_REQUEST_TOKEN: jobToken(builds.name)] }
    def inGitLab = { builds, checkout -> [GITLAB_CI: 'true', CI_BUILDS_DIR: builds.path, CI_PROJECT_DIR: checkout.path, CLAUDE_ID_TOKEN: token(builds.name), *: ids(builds.name)] }
    def jenkins = Jenkins.run(new File(examples, 'Jenkinsfile'), ['claude-id-token': token('jenkins-number')])
    ['stages {': 'stage {', "label 'docker'": "lable 'docker'", 'steps {': 'step {', 'always {': 'allways {'].each { right, wrong ->
        def mistaken = new File(basedir, 'Jenkinsfile')
        mistaken.text = new File(examples, 'Jenkinsfile').text.replace(right, wrong)
        def refusal = null
        try {
            Jenkins.run(mistaken, ['claude-id-token': ''])
        } catch (AssertionError e) {
            refusal = e
        }
        assert refusal : wrong
    }
    def bash = ['bash', '--noprofile', '--norc', '-eo', 'pipefail', '-c']
    def jobs = [
            [name: 'github-runner', user: '1001:1001', owner: '1001:1001', shell: bash, example: gitHub, variables: inGitHub],
            [name: 'github-root', user: '0:0', owner: '1001:1001', shell: bash, example: gitHub, variables: inGitHub],
            [name: 'gitlab-root', user: '0:0', owner: '0:0', home: '/root', shell: bash, example: gitLab, variables: inGitLab],
            [name: 'gitlab-number', user: '1000700000:0', owner: '1000700000:0', home: '/', shell: bash, example: gitLab, variables: inGitLab],
            [name: 'jenkins-number', user: '12345:12345', owner: '12345:12345', shell: ['sh', '-xec'],
             example: [script: jenkins.script, variables: jenkins.variables + ids('jenkins-number'), kept: jenkins.kept], variables: { builds, checkout -> [:] }]]
    def threads = Executors.newFixedThreadPool(2)
    try {
        threads.invokeAll(jobs.collect { job -> { -> build(job) } as Callable })*.get().each { job, checkout, status, said ->
            println "== $job.name\n$said"
            assert status == '0' : job.name
            assert new JsonSlurper().parse(new File(checkout, 'target/claude-fleet/fleet.json')).tasks*.outcome == ['done']
            assert job.example.kept.size() >= 1
            job.example.kept.each { pattern ->
                assert new File(checkout, pattern).exists() || matches(checkout, pattern) : "$job.name keeps $pattern"
            }
            assert new File(checkout, 'target/claude-fleet/reviewer/changes.patch').text.contains('+class App { }')
            assert new File(checkout, 'target/claude-fleet/findings.sarif').text.contains('A space is missing.')
            // The CI's own user has to read what it keeps.
            assert Files.getAttribute(new File(checkout, 'target/claude-fleet/fleet.json').toPath(), 'unix:uid').toString() == job.user.split(':')[0]
            assert !said.contains('sk-ant-') : 'a log that masks nothing'
            assert !said.contains('eyJ') && !said.contains(jobToken(job.name)) : 'no identity token in the log'
            assert project.searchFor(token(job.name), jobToken(job.name)).inFilesExcept('verify.groovy').findings() == []
            if (job.example.is(gitHub)) {
                assert said.readLines().any { it.startsWith('::notice file=App.java,line=1') }
                assert new File(checkout.parentFile.parentFile, 'home/summary.md').text.contains('reviewer')
            }
        }
        assert project.leftovers() == []
    } finally {
        threads.shutdownNow()
        project.cleanUp()
    }
}
return true
