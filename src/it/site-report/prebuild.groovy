import io.github.claudefleet.results.SampleReport

SampleReport.writeTo(new File(basedir, 'target/claude-fleet').toPath())
return true
