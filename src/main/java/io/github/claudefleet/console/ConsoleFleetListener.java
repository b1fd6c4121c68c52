package io.github.claudefleet.console;

import io.github.claudefleet.engine.EngineInfo;
import io.github.claudefleet.fleet.FleetListener;
import io.github.claudefleet.fleet.ImageListener;
import io.github.claudefleet.fleet.OutputListener;
import io.github.claudefleet.fleet.PreconditionListener;
import io.github.claudefleet.plan.AgentState;
import io.github.claudefleet.plan.Plan;
import io.github.claudefleet.spec.AgentName;
import io.github.claudefleet.spec.ContainerUser;
import io.github.claudefleet.spec.Durations;
import io.github.claudefleet.spec.EgressRule;
import io.github.claudefleet.spec.EgressUse;
import io.github.claudefleet.spec.FleetName;
import io.github.claudefleet.spec.TaskId;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.SortedSet;
import java.util.stream.Collectors;

/** Formats the life of fleets, warnings about their specs, the progress of their images, and requested output. */
final class ConsoleFleetListener implements FleetListener, PreconditionListener, ImageListener, OutputListener {

    private static final int MOST_HOSTS = 20;

    private final LogSink sink;

    ConsoleFleetListener(LogSink sink) {
        this.sink = sink;
    }

    @Override
    public void engine(EngineInfo engine) {
        sink.debug("Engine " + engine.version() + " (API " + engine.apiVersion() + ") at " + engine.address());
    }

    @Override
    public void rehearsal(Path scripts, SortedSet<String> agents) {
        sink.info("A stand-in answers in the service's place: no account is used, and nothing is paid.");
        sink.info(
                agents.isEmpty()
                        ? "There is no script AGENT.rehearsal.yml in " + scripts + ": agents answer, and do nothing"
                        : "Scripts in " + scripts + ": " + String.join(", ", agents)
                                + "; other agents answer, and do nothing");
    }

    @Override
    public void standInCameBack() {
        sink.info("The stand-in had ended. It was started again, and answers");
    }

    @Override
    public void standInLost(String reason) {
        sink.warn("The stand-in has ended, and tasks get no answers until it is back. " + reason);
    }

    @Override
    public void dryRun(FleetName fleet, Plan plan) {
        if (plan.isEmpty()) {
            sink.info("Dry run: nothing to do for fleet " + fleet + ".");
            return;
        }
        sink.info("Dry run: this is what would be done for fleet " + fleet + ":");
        plan.asText().lines().forEach(line -> sink.info("  " + line));
    }

    @Override
    public void joinsDetached(FleetName fleet) {
        sink.info("Fleet " + fleet
                + " is already running, detached: this build joins it, and only claude-fleet:stop ends it");
    }

    @Override
    public void outlivesForSignIn(FleetName fleet) {
        sink.info(
                "Fleet " + fleet + " has no login yet. It stays after this build so that the sign-in can be completed");
    }

    @Override
    public void hostsAsked(List<EgressUse> uses) {
        List<EgressUse> refused = uses.stream().filter(use -> use.refused() > 0).toList();
        refused.stream()
                .limit(MOST_HOSTS)
                .forEach(use -> sink.warn("Agent " + use.agent() + " was refused " + use.place() + " (" + use.refused()
                        + (use.refused() == 1 ? " time: " : " times: ")
                        + use.reasonText() + ")"));
        String rules =
                EgressUse.missingRules(refused).stream().limit(MOST_HOSTS).collect(Collectors.joining(" "));
        if (!rules.isEmpty()) {
            sink.warn("In <egress>, this would allow it: " + rules);
        }
        if (refused.size() > MOST_HOSTS) {
            sink.warn((refused.size() - MOST_HOSTS) + " more refused hosts are in fleet.json");
        }
    }

    @Override
    public void agentReady(AgentName agent, AgentState state) {
        sink.debug("Agent " + agent + " is " + state.value());
    }

    @Override
    public void fleetReady(FleetName fleet, int agents, boolean changed, Duration took) {
        String what = "Fleet " + fleet + ": " + Phrases.count(agents, "agent") + " ready";
        sink.info(changed ? what + " (" + Durations.toText(took) + ")" : what + ", nothing had to be changed");
    }

    @Override
    public void nothingToAwait(FleetName fleet) {
        sink.info("Fleet " + fleet + " has no prompts and no tasks: nothing to follow");
    }

    @Override
    public void hostsUnknown(String reason) {
        sink.warn("The results do not have the hosts that agents asked for: " + reason
                + ". The verdict does not need them");
    }

    @Override
    public void resultNotWritten(String fileAndReason) {
        sink.warn("Could not write " + fileAndReason
                + ". The verdict does not need this file; fleet.json has the same data");
    }

    @Override
    public void notCompared(String fileAndReason) {
        sink.warn(Phrases.notCompared(fileAndReason));
    }

    @Override
    public void endsWithBuild(FleetName fleet) {
        sink.info("Fleet " + fleet + " ends with this build (claude-fleet.lifetime build)");
    }

    @Override
    public void stopped(FleetName fleet, int containers, Duration took) {
        sink.info("Fleet " + fleet + " is stopped: " + Phrases.count(containers, "container") + " removed ("
                + Durations.toText(took) + "); the login stays");
    }

    @Override
    public void nothingToStop(FleetName fleet, List<String> others) {
        String hint = others.isEmpty()
                ? ""
                : " Other fleets: " + String.join(", ", others)
                        + ". Run stop in the project that owns it, select it with -Dclaude-fleet.name=…, or end its build."
                        + " To stop all fleets of that name: -Dclaude-fleet.allProjects";
        sink.info("Nothing to stop: the engine has no resources of this project's fleet " + fleet + "." + hint);
    }

    @Override
    public void orphanRemoved(String fleet, int containers) {
        sink.info("Removed orphaned fleet " + fleet + ": " + Phrases.count(containers, "container"));
    }

    @Override
    public void orphanNotRemoved(String fleet, String reason) {
        sink.warn("Could not remove orphaned fleet " + fleet + " (" + reason + "). Try again with:"
                + " mvn claude-fleet:stop");
    }

    @Override
    public void personalLoginDirectory(Path directory) {
        sink.warn("The login directory " + directory + " is your own Claude Code directory: an agent that can write it"
                + " can plant hooks and settings that your own claude runs on this machine. The default,"
                + " ~/.claude-fleet/login, avoids this risk.");
    }

    @Override
    public void loginWithinWorkspace(Path directory, AgentName agent) {
        sink.warn(
                "The login directory " + directory + " is within the workspace of agent " + agent
                        + ", and only a mount hides it from that agent. Set auth.directory to another directory (default: ~/.claude-fleet/login).");
    }

    @Override
    public void repositoryHidden(Path directory, ContainerUser user) {
        sink.warn("The containers' user " + user + " can't read " + directory
                + ", so Maven in agents will report the artifacts there as not downloaded. Make it readable (chmod -R o+rX), or set"
                + " java.repository to another local repository or to none");
    }

    @Override
    public void commandSentAsText(TaskId task, String command, Path file) {
        sink.warn("The prompt of " + task + " begins with " + command + ", which the model will get as plain text: "
                + file
                + " belongs to the repository and is loaded only with <repositorySettings>true</repositorySettings>, which also runs its hooks."
                + " Set it for the agent, or copy the file to a claudeDirectory");
    }

    @Override
    public void broadRule(AgentName agent, EgressRule rule) {
        sink.warn("<allow>" + rule.text() + "</allow> lets agent " + agent + " send everything that it can read to"
                + " nearly any host. Name the hosts that it needs");
    }

    @Override
    public void commandMakesNoRequest(TaskId task, String command) {
        sink.warn(
                "The prompt of " + task + " begins with " + command
                        + ", a built-in command of Claude Code that asks the model nothing: no work will be done. Write the task as text");
    }

    @Override
    public void imageBegun(Plan.Step step) {
        sink.info(Phrases.sentence(step.text()) + "; this can take minutes");
    }

    @Override
    public void imageProgress(String line) {
        sink.debug("  " + line);
    }

    @Override
    public void imageAt(String reference, String line, Duration since) {
        sink.info("Image " + reference + ", after " + Durations.toText(since) + ": " + line);
    }

    @Override
    public void imageReady(String reference, Duration took) {
        sink.info("Image " + reference + " is ready (" + Durations.toText(took) + ")");
    }

    @Override
    public void table(List<String> lines) {
        lines.forEach(sink::info);
    }

    @Override
    public void agentLine(String agent, int width, String line) {
        sink.info(agent + " ".repeat(Math.max(0, width - agent.length())) + " | " + line);
    }

    @Override
    public void wrote(Path file) {
        sink.info("Wrote " + file);
    }
}
