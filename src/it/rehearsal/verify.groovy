import groovy.json.JsonSlurper
import groovy.xml.XmlSlurper
import io.github.claudefleet.it.GitRepository
import io.github.claudefleet.it.ItProject

ItProject.of(basedir, mavenHome, settings, localRepositoryPath).asFleet('rehearsal-rehearsal').withCloseable { project ->
    def git = GitRepository.at(basedir)
    def processes = { ProcessHandle.allProcesses().filter { it.info().commandLine().orElse('').contains('StandInMain') && it.info().commandLine().orElse('').contains(basedir.path) }.toList() }
    def standIns = { processes().size() }
    def results = new File(basedir, 'target/claude-fleet')
    def rehearse = '-Dclaude-fleet.rehearsal'
    def places = ['-Dclaude-fleet.workspace.root=workspaces', '-Dclaude-fleet.workspace.strategy=worktree']
    try {
        project.maven('-B', 'claude-fleet:start', *places).failedPlainly().says('NO_SUCH_TOKEN')
        assert project.leftovers() == []

        project.maven('-B', 'claude-fleet:start', rehearse, *places).succeeded()
                .says('REHEARSAL | A stand-in answers in the service\'s place')
                .says('src/fleet: fixer, reviewer; other agents')
                .says('REHEARSAL | Fleet rehearsal-rehearsal: 3 agents ready')
        assert standIns() == 1
        assert project.containers().every { it.labels()['io.github.claudefleet.rehearsal'] == 'true' }
        // The second one replaces the first.
        project.maven('-B', 'claude-fleet:start', rehearse, *places).succeeded().says('nothing had to be changed')
        def end = System.nanoTime() + 120e9
        while (standIns() > 1 && System.nanoTime() < end) { sleep 200 }
        assert standIns() == 1

        project.maven('-B', 'claude-fleet:doctor', rehearse, *places).succeeded()
                .says('login: the stand-in of the rehearsal answered')
        project.maven('-B', 'claude-fleet:logout', rehearse, *places).failedPlainly()
                .says('rehearsal has no login that could be ended')

        // Without the stand-in, nobody would answer.
        processes().each { it.destroyForcibly() }
        def page = new File(basedir, 'target/job-summary.md')
        def run = project.startMavenWith([GITHUB_STEP_SUMMARY: page.path], '-B', 'claude-fleet:await', rehearse, *places).await().succeeded()
                .says('The stand-in had ended. It was started again, and answers')
                .says('no task starts until')
        assert standIns() == 1
        assert page.text.startsWith('## REHEARSAL: Fleet rehearsal-rehearsal: 3 of 3')
        assert run.output().readLines().findAll { it =~ /Task|Agent|tasks/ }.every { it.contains('REHEARSAL') }
        def index = new JsonSlurper().parse(new File(results, 'fleet.json'))
        assert index.rehearsal && index.fleet == 'rehearsal-rehearsal' && index.costUsd == 0
        def tasks = index.tasks.collectEntries { [it.task, it] }
        assert tasks*.value.outcome == ['done'] * 3 : tasks*.value.reason
        assert tasks.fixer.answer == 'Now it is fixed.'
        assert tasks.fixer.check.rounds.size() == 2 && tasks.fixer.attempts == 3 : 'the quota ended an attempt'
        assert tasks.reviewer.structuredAnswer.findings*.rule == ['wording']
        assert tasks.writer.answer.startsWith('REHEARSAL: there is no script for writer')
        assert new File(results, 'reviewer/events.jsonl').text.contains('api_retry') : 'the error of the script came'

        assert new XmlSlurper().parse(new File(results, 'junit/TEST-claude-fleet.fixer.xml')).@name == 'REHEARSAL: claude-fleet.fixer'
        assert new File(results, 'summary.md').text.startsWith('## REHEARSAL: Fleet rehearsal-rehearsal: 3 of 3')
        assert new File(results, 'report.html').text.contains('<title>REHEARSAL: Fleet rehearsal-rehearsal</title>')
        assert new JsonSlurper().parse(new File(results, 'findings.sarif')).runs[0].results[0].message.text == 'REHEARSAL: better than good'

        assert git('show', 'claude-fleet/rehearsal-rehearsal/fixer:build.txt') == 'good'
        assert git('show', 'main:build.txt') == 'bad' : 'nothing is merged, and push has no remote repository'
        assert !new File(basedir, 'costs').exists() && !new File(basedir, 'login').exists()

        def verdict = project.maven('-B', 'claude-fleet:verify', rehearse).succeeded()
        assert verdict.output().readLines().any { it.startsWith('[WARNING] REHEARSAL | Fleet rehearsal-rehearsal is a rehearsal: its tasks were answered by a stand-in') }
        project.maven('-B', 'claude-fleet:verify').failedPlainly().says('has the results of fleet rehearsal-rehearsal')
        project.maven('-B', 'claude-fleet:stop').succeeded().saysNot('Removed container')
        project.maven('-B', 'claude-fleet:stop', rehearse, *places).succeeded().says('REHEARSAL | Fleet rehearsal-rehearsal is stopped')
        assert project.leftovers() == []
        end = System.nanoTime() + 120e9
        while (standIns() > 0 && System.nanoTime() < end) { sleep 200 }
        assert standIns() == 0 : 'the stand-in ends with its fleet'

        new File(basedir, 'src/fleet/writer.rehearsal.yml').text = '- steps:\n    - runs: ls\n'
        project.maven('-B', 'claude-fleet:start', rehearse, *places).failedPlainly()
                .says('src/fleet/writer.rehearsal.yml, line 2: "runs" is not known here').says('Use these keys: answer, content, edit')
        assert project.leftovers() == []
    } finally {
        project.cleanUp()
    }
}
return true
