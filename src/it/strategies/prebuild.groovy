import groovy.json.JsonOutput
import io.github.claudefleet.it.GitRepository
import io.github.claudefleet.it.ItProject

ItProject.of(basedir, mavenHome, settings, localRepositoryPath).withCloseable { project ->
    project.logIn('strategies')
    def run = { String... words -> assert new ProcessBuilder(words).directory(basedir).inheritIO().start().waitFor() == 0 : words }
    def repository = { File where, String... ignored ->
        where.mkdirs()
        new File(where, 'App.java').text = 'class App { int a; }\n'
        new File(where, 'quoted "ä".txt').text = 'odd\n'
        GitRepository.create(where, ignored)
    }
    repository(basedir, 'login/', 'target/', 'build.log', 'shared/')
    new File(basedir, 'notes.txt').text = 'not committed\n'
    def shared = new File(basedir, 'shared')
    repository(shared)
    run('chown', '-R', '1000:1000', shared.path)
    // In no repository: the projects themselves are within this one.
    def plain = new File('/tmp/claude-fleet-it-plain')
    plain.deleteDir()
    plain.mkdirs()
    new File(plain, 'App.java').text = 'class App { int a; }\n'
    run('ln', '-sfn', plain.path, new File(basedir.parentFile, '.strategies-plain').path)

    def bash = { String command -> '{"tool":"Bash","input":{"command":' + JsonOutput.toJson(command) + '}}' }
    project.standIn().scripts('strategies', '[' + [
            '{"match":"Edit App.java","turns":[' + bash('echo "class App { int $(hostname | cksum | cut -d" " -f1); }" > App.java; if [ -e .git ]; then git commit -qam "Change the app"; fi; echo left > "left \\"ä\\".txt"; rm -f quoted*; ls -A') + ',{"text":"edited"}]}',
            '{"match":"Misbehave","turns":[' + bash('touch tried; git config core.fsmonitor evil; echo evil > .git/hooks/post-commit; mv .git .gone; rm -rf .git/hooks; echo x >> .git/config; mkdir .mvn; echo -Devil > .mvn/jvm.config; git init -q nested; git -c user.name=a -c user.email=a@b add tried; git -c user.name=a -c user.email=a@b commit -qm "Commit as well"; true') + ',{"text":"tried"}]}',
    ].join(',') + ']')
}
return true
