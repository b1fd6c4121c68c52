/*
 * The parts of Jenkins' declarative pipeline that an example may use. A section or step that is not here is an error,
 * as it is for Jenkins.
 */
class Jenkins {
    static final List SECTIONS = ['agent', 'options', 'environment', 'stages', 'post']
    final Map credentials
    final Map<String, String> variables = [:]
    final List<String> script = []
    final List<String> kept = []
    final List<String> sections = []

    Jenkins(Map credentials) {
        this.credentials = credentials
    }

    static Jenkins run(File jenkinsfile, Map credentials) {
        def jenkins = new Jenkins(credentials)
        def file = new GroovyShell().parse(jenkinsfile)
        file.metaClass.pipeline = { Closure body -> jenkins.within(SECTIONS, body) }
        file.run()
        assert jenkins.sections.containsAll(['agent', 'stages']) : 'Jenkins refuses a pipeline without them'
        jenkins
    }

    def within(List allowed, Closure body) {
        def part = new Part(this, allowed)
        body.delegate = part
        body.resolveStrategy = Closure.DELEGATE_ONLY
        body.call()
    }
}

class Part {
    private static final Map INSIDE = [
            agent: ['label'], options: ['timeout', 'disableConcurrentBuilds'], stages: ['stage'],
            stage: ['steps'], steps: ['sh'], post: ['always'], always: ['archiveArtifacts', 'junit', 'recordIssues']]
    private final Jenkins jenkins
    private final List allowed

    Part(Jenkins jenkins, List allowed) {
        this.jenkins = jenkins
        this.allowed = allowed
    }

    def environment(Closure body) {
        body.delegate = new Variables(jenkins)
        body.resolveStrategy = Closure.DELEGATE_ONLY
        body.call()
    }

    def sarif(Map options) {
        options.pattern
    }

    def methodMissing(String name, Object arguments) {
        assert allowed.contains(name) : "$name has no place here, only $allowed"
        def words = arguments as List
        jenkins.sections << name
        switch (name) {
            case 'sh': jenkins.script << words[0]; break
            case 'archiveArtifacts': jenkins.kept << words[0].artifacts; break
            case 'junit': jenkins.kept << words[0].testResults; break
            case 'recordIssues': jenkins.kept << words[0].tool; break
        }
        if (words && words.last() instanceof Closure) {
            jenkins.within(INSIDE[name], words.last())
        }
    }
}

class Variables {
    private final Jenkins jenkins

    Variables(Jenkins jenkins) {
        this.jenkins = jenkins
    }

    def credentials(String id) {
        assert jenkins.credentials.containsKey(id)
        jenkins.credentials[id]
    }

    void setProperty(String name, Object value) {
        jenkins.variables[name] = value
    }
}
