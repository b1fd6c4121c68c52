import io.github.claudefleet.it.ItProject

ItProject.of(basedir, mavenHome, settings, localRepositoryPath).withCloseable { project ->
    def page = new File(basedir, 'target/site/claude-fleet.html').text
    assert page.contains('Fleet shop') && page.contains('fixer/check-failed') && page.contains('check failed')
    assert page.contains('&lt;script&gt;alert(1)') && !page.contains('<script>alert(1)') : 'what agents say stays text'
    assert page =~ /href="(\.\/)?claude-fleet\/report\.html"/
    assert new File(basedir, 'target/site/claude-fleet/report.html').text.contains('Who worked when')
    assert new File(basedir, 'target/site/project-reports.html').text.contains('claude-fleet.html')

    project.maven('-B', project.goal('report')).succeeded().says('Wrote ')
    project.maven('-B', 'clean', 'site').succeeded()
    assert new File(basedir, 'target/site/index.html').file && !new File(basedir, 'target/site/claude-fleet.html').exists()
    project.maven('-B', project.goal('report')).failed().says('Run claude-fleet:await first')
}
return true
