import io.github.claudefleet.it.GitRepository

new File(basedir, 'App.java').text = 'class App {}\n'
GitRepository.create(basedir, 'target/', 'build.log', 'workspaces/')
new File(basedir, 'App.java').append('// not committed\n')
return true
