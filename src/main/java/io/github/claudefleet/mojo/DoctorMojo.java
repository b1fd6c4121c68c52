package io.github.claudefleet.mojo;

import io.github.claudefleet.doctor.Doctor;
import io.github.claudefleet.doctor.Finding;
import io.github.claudefleet.doctor.FindingsJson;
import io.github.claudefleet.engine.EngineException;
import io.github.claudefleet.fleet.OutputListener;
import io.github.claudefleet.spec.FleetSpec;
import io.github.claudefleet.spec.PathText;
import java.io.File;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import org.apache.maven.plugin.MojoExecutionException;
import org.apache.maven.plugin.MojoFailureException;
import org.apache.maven.plugins.annotations.Mojo;
import org.apache.maven.plugins.annotations.Parameter;

/**
 * Checks everything that a fleet depends on, before it exists or while it runs: engine, image, login directory, the
 * view from inside the containers, the login itself, memory, disk and leftovers. Changes nothing. Prints pass, warn or
 * FAIL for each check, with a remedy. Fails if a check does.
 */
@Mojo(name = "doctor", requiresProject = false, threadSafe = true)
public class DoctorMojo extends AbstractAgentsMojo {

    /** File for the findings as JSON, for scripts. By default none is written. */
    @Parameter(property = "claude-fleet.doctorFile")
    private File doctorFile;

    @Override
    void run() throws InterruptedException, MojoExecutionException, MojoFailureException {
        FleetSpec spec = fleetSpec();
        List<Finding> findings = new ArrayList<>();
        try (GoalSession session = openSession()) {
            findings.addAll(session.fleet().doctor(spec, System.getenv()));
        } catch (EngineException e) {
            findings.addAll(new Doctor(spec, home(), System.getenv(), InstantSource.system()).examineWithoutEngine(e));
        }
        report(findings);
    }

    private void report(List<Finding> findings) throws MojoExecutionException, MojoFailureException {
        OutputListener output = listeners().output();
        output.table(findings.stream().map(Finding::text).toList());
        if (doctorFile != null) {
            OutputFile.write("doctorFile", PathText.of(doctorFile), FindingsJson.of(findings));
            output.wrote(PathText.of(doctorFile));
        }
        List<String> failed = findings.stream()
                .filter(finding -> finding.outcome() == Finding.Outcome.FAIL)
                .map(Finding::check)
                .toList();
        if (!failed.isEmpty()) {
            throw new MojoFailureException("The fleet can't work: " + String.join(", ", failed)
                    + ". Each line above that begins with FAIL says how to mend it.");
        }
    }
}
