package io.github.claudefleet.mojo;

import io.github.claudefleet.console.StatusJson;
import io.github.claudefleet.console.StatusTable;
import io.github.claudefleet.fleet.AgentStatus;
import io.github.claudefleet.fleet.OutputListener;
import io.github.claudefleet.spec.FleetName;
import io.github.claudefleet.spec.PathText;
import java.io.File;
import java.util.List;
import org.apache.maven.plugin.MojoExecutionException;
import org.apache.maven.plugins.annotations.Mojo;
import org.apache.maven.plugins.annotations.Parameter;

/**
 * Shows the fleet as a table with agent, state, uptime, image and login. Writes it as JSON, too, if {@code statusFile}
 * is set.
 */
@Mojo(name = "status", requiresProject = false, threadSafe = true)
public class StatusMojo extends AbstractFleetMojo {

    /** File for the table as JSON, for scripts. By default none is written. */
    @Parameter(property = "claude-fleet.statusFile")
    private File statusFile;

    @Override
    void run() throws InterruptedException, MojoExecutionException {
        FleetName fleetName = fleets().nameOnEngine();
        try (GoalSession session = openSession()) {
            show(fleetName, session.fleet().status(fleets().selector()));
        }
    }

    private void show(FleetName fleetName, List<AgentStatus> rows) throws MojoExecutionException {
        OutputListener output = listeners().output();
        output.table(StatusTable.of(fleetName, rows));
        if (statusFile != null) {
            OutputFile.write("statusFile", PathText.of(statusFile), StatusJson.of(fleetName, rows));
            output.wrote(PathText.of(statusFile));
        }
    }
}
