import io.github.claudefleet.it.GitRepository
import io.github.claudefleet.it.ItProject

ItProject.of(basedir, mavenHome, settings, localRepositoryPath).withCloseable { project ->
    project.logIn('worktrees')
    new File(basedir, 'App.java').text = 'class App {}\n'
    GitRepository.create(basedir, 'login/', 'target/', 'build.log', 'workspaces/')
    def bash = { String command -> '{"tool":"Bash","input":{"command":' + groovy.json.JsonOutput.toJson(command) + '}}' }
    project.standIn().scripts('worktrees', '[' + [
            '{"match":"Write (\\\\w+) into App.java","turns":[' + bash('sleep 1; echo "class App { int a = $(hostname | cksum | cut -c 1-4); }" > App.java; git add App.java; git commit -qm "Change the app"; echo left > left-$HOSTNAME.txt; git log --oneline | head -1') + ',{"text":"written"}]}',
            '{"match":"Misbehave","turns":[' + bash('for d in .git /claude-fleet/git; do git config --file $d/config core.fsmonitor "touch /tmp/claude-fleet-it-ran" ; mkdir -p $d/hooks; printf "#!/bin/sh\\ntouch /tmp/claude-fleet-it-ran\\n" > $d/hooks/post-commit; chmod +x $d/hooks/post-commit; done; mv .git .git2; rm -f .git; ln -s /etc/passwd out; mkdir -p .mvn; echo -Devil > .mvn/jvm.config; rm -rf /claude-fleet/objects/*; git branch -D main; true') + ',{"text":"tried"}]}',
            '{"match":"Try to write","turns":[' + bash('touch mine; ls App.java') + ',{"text":"tried"}]}',
    ].join(',') + ']')
}
return true
