import io.github.claudefleet.it.ItProject

ItProject.of(basedir, mavenHome, settings, localRepositoryPath).withCloseable { project ->
    new File(basedir, '.gitignore').text = 'target/\nbuild.log\n'
    def git = { String... words -> assert ['git', '-C', basedir.path, '-c', 'user.name=Pat', '-c', 'user.email=pat@example.org', *words].execute().waitFor() == 0 }
    git('init', '--quiet', '--initial-branch=main')
    git('add', '--all')
    git('commit', '--quiet', '-m', 'First')
}
return true
