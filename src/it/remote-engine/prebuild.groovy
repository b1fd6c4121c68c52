import io.github.claudefleet.it.GitRepository

new File(basedir, 'App.java').text = 'class App {}\n'
GitRepository.create(basedir, 'token', 'target/', 'build.log', 'workspaces/', 'place/')
new File(basedir, 'App.java').append('// not committed\n')
new File(basedir, 'untracked.bin').bytes = [0, 13, 10, 255] as byte[]
return true
