import groovy.json.JsonOutput
import io.github.claudefleet.it.GitRepository
import io.github.claudefleet.it.ItProject
import java.time.Duration

ItProject.of(basedir, mavenHome, settings, localRepositoryPath).withCloseable { project ->
    def account = 'nobodys-build-' + System.nanoTime()
    project.logIn(account, Duration.ofHours(8), 'home/.claude-fleet/login')
    new File(basedir, 'Pr\u00fcfung.md').setText('Sch\u00f6ne Gr\u00fc\u00dfe', 'UTF-8')
    def run = { String... words -> assert new ProcessBuilder(words).directory(basedir).inheritIO().start().waitFor() == 0 : words }
    GitRepository.create(basedir, 'home/', 'target/', 'build.log')
    run('chown', '-R', '12345:0', basedir.path)

    def bash = { String command -> '{"tool":"Bash","input":{"command":' + JsonOutput.toJson(command) + '}}' }
    project.standIn().scripts(account, '[{"match":"Sch\u00f6ne Gr\u00fc\u00dfe","turns":[' +
            bash('echo "$(id -un) $(id -u) $HOME $(getent passwd $(id -u) | cut -d: -f6)" >who.txt && git add who.txt && git commit -qm "Say who"') +
            ',{"text":"\u00dcbersicht"}]}]')
}
return true
