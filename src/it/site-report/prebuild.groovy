import io.github.claudefleet.results.ReportFixture

ReportFixture.writeTo(new File(basedir, 'target/claude-fleet').toPath())
return true
