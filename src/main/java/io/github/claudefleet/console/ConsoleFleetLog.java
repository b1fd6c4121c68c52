package io.github.claudefleet.console;

import io.github.claudefleet.engine.EngineInfo;
import io.github.claudefleet.plan.AgentState;
import io.github.claudefleet.plan.Plan;
import io.github.claudefleet.spec.AgentName;
import io.github.claudefleet.spec.ContainerUser;
import io.github.claudefleet.spec.Durations;
import io.github.claudefleet.spec.FleetName;
import io.github.claudefleet.spec.LoginMode;
import io.github.claudefleet.spec.LoginSpec;
import io.github.claudefleet.spec.TaskId;
import io.github.claudefleet.spec.Usd;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** Formats each event of a fleet as one or a few lines of text. */
public final class ConsoleFleetLog implements FleetLog {

    private final LogSink sink;

    public ConsoleFleetLog(LogSink sink) {
        this.sink = sink;
    }

    @Override
    public void engine(EngineInfo engine) {
        sink.debug("Engine " + engine.version() + " (API " + engine.apiVersion() + ") at " + engine.address());
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
    public void imageBegun(Plan.Step step) {
        sink.info(sentence(step.text()) + "; this can take minutes");
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
    public void done(Plan.Step step, Duration took) {
        sink.info(sentence(step.operation().textWhenDone()) + " ("
                + step.cause().text() + "), " + Durations.toText(took));
    }

    @Override
    public void loginChosen(LoginSpec login) {
        sink.info("Login: mode " + login.mode().value() + ", "
                + login.credential()
                        .map(credential -> "from " + credential.origin())
                        .orElse(
                                login.mode() == LoginMode.PROVIDER
                                        ? "from the containers' environment and mounts"
                                        : "kept in " + login.directory()));
    }

    @Override
    public void loginNotSeparable(String image) {
        sink.warn("The Claude Code CLI in " + image + " can't store the login separately (it ignores"
                + " CLAUDE_SECURESTORAGE_CONFIG_DIR): agents share one directory, read-write, for everything."
                + " To select this explicitly: -Dclaude-fleet.sharing=all");
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
                        + ", which can overwrite it. Set auth.directory to another directory (default: ~/.claude-fleet/login).");
    }

    @Override
    public void proving() {
        sink.debug("Proving the login with a real request");
    }

    @Override
    public void loginProved(String method, Duration took) {
        sink.info("Login works: a real request was answered (" + method + ", " + Durations.toText(took) + ")");
    }

    @Override
    public void loginRemembered(String method, Duration ago) {
        sink.info("Login works: proved by a request " + Durations.toText(ago) + " ago (" + method + ")");
    }

    @Override
    public void loginMethod(String method) {
        sink.info("Login: the CLI reports method " + method);
    }

    @Override
    public void loginEndsSoon(String when) {
        sink.warn("The login expires at " + when
                + ", and nothing renews it. Sign in again before then: mvn claude-fleet:stop"
                + " claude-fleet:logout claude-fleet:auth in a terminal.");
    }

    @Override
    public void waitingForQuota(String verdict, String when) {
        sink.warn("Login: " + verdict + ". Waiting " + when + ".");
    }

    @Override
    public void waitingForLogin(String verdict, String next, Duration remaining) {
        sink.warn("Login: " + verdict + ". " + next + " Waiting for up to " + Durations.toText(remaining) + ".");
    }

    @Override
    public void signedIn() {
        sink.info("Signed in.");
    }

    /** Prints the address on a line of its own, because scripts search for that line. */
    @Override
    public void signInWaits(String address, String command, Duration left) {
        sink.info("Sign-in address: " + address);
        sink.info("Open it in a browser, sign in, and submit the code that it shows within " + Durations.toText(left)
                + ": " + command);
    }

    @Override
    public void signInRefused(String reason) {
        sink.warn("The sign-in did not succeed: " + reason);
    }

    @Override
    public void wouldLogOut(Path directory) {
        sink.info("Dry run: the login in " + directory
                + " would be revoked for every fleet that uses it, and the auth container removed.");
    }

    @Override
    public void loggedOut(Path directory) {
        sink.info("Logged out: the login that was kept in " + directory
                + " is revoked for every fleet that uses it. Sign in again with: mvn claude-fleet:auth");
    }

    @Override
    public void nothingToLogOut(Path directory) {
        sink.info("Nothing to log out: there is no login in " + directory);
    }

    @Override
    public void agentReady(AgentName agent, AgentState state) {
        sink.debug("Agent " + agent + " is " + state.value());
    }

    @Override
    public void fleetUp(FleetName fleet, int agents, boolean changed, Duration took) {
        String what = "Fleet " + fleet + ": " + count(agents, "agent") + " ready";
        sink.info(changed ? what + " (" + Durations.toText(took) + ")" : what + ", nothing had to be changed");
    }

    @Override
    public void cancelled(List<ShutdownStep> things, Duration atMost) {
        sink.warn("Cancelled: "
                + things.stream().distinct().map(ShutdownStep::words).collect(Collectors.joining("; "))
                + ". This takes up to " + Durations.toText(atMost) + "; press Ctrl-C again to stop at once.");
    }

    @Override
    public void rolledBack(int containers) {
        sink.info("Removed what this start had made (" + count(containers, "container") + ")");
    }

    @Override
    public void rollbackFailed(String what, String reason) {
        sink.warn("Could not roll back: " + what + " (" + reason + "). Remove it with: mvn claude-fleet:stop");
    }

    @Override
    public void stopped(FleetName fleet, int containers, Duration took) {
        sink.info("Fleet " + fleet + " is stopped: " + count(containers, "container") + " removed ("
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
    public void endsWithBuild(FleetName fleet) {
        sink.info("Fleet " + fleet + " ends with this build (claude-fleet.lifetime build)");
    }

    @Override
    public void notEndedWithBuild(String reason) {
        sink.warn("Could not stop the fleet at the end of this build: " + reason + ". List what is left with:"
                + " mvn claude-fleet:status");
    }

    @Override
    public void noWatchdog(String reason) {
        sink.warn("If Maven is killed, its fleet stays until the next start: " + reason);
    }

    @Override
    public void cleanedUp(String fleet, int containers) {
        sink.info("Removed orphaned fleet " + fleet + ": " + count(containers, "container"));
    }

    @Override
    public void notCleanedUp(String fleet, String reason) {
        sink.warn("Could not remove orphaned fleet " + fleet + " (" + reason + "). Try again with:"
                + " mvn claude-fleet:stop");
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

    @Override
    public void awaiting(FleetName fleet, int tasks, int agents) {
        sink.info("Fleet " + fleet + ": following " + count(tasks, "task") + " of " + count(agents, "agent"));
    }

    @Override
    public void nothingToAwait(FleetName fleet) {
        sink.info("Fleet " + fleet + " has no prompts and no tasks: nothing to follow");
    }

    @Override
    public void judgesEarlierBuild(FleetName fleet, String ended) {
        sink.info("Fleet " + fleet + ": these results are of an earlier build, which ended " + ended);
    }

    @Override
    public void verified(FleetName fleet, int tasks, int failed) {
        String what = tasks == 0 ? ": it had no tasks" : "";
        sink.info("Fleet " + fleet + " verified"
                + (failed == 0 ? what : ": " + count(failed, "task") + " failed, which is allowed"));
    }

    @Override
    public void resultNotWritten(String fileAndReason) {
        sink.warn("Could not write " + fileAndReason
                + ". The verdict does not need this file; fleet.json has the same data");
    }

    @Override
    public void noCiSummary(String reason) {
        sink.warn("Could not add the summary to the CI job's page (GITHUB_STEP_SUMMARY): " + reason);
    }

    @Override
    public void taskBegan(TaskId task, AgentName agent, int attempt) {
        sink.info(who(task, agent) + " began" + (attempt > 1 ? " again (attempt " + attempt + ")" : ""));
    }

    @Override
    public boolean showsInPlace() {
        return sink.showsInPlace();
    }

    @Override
    public void atWork(List<AgentActivity> agents, int over, int all, Usd cost) {
        List<String> lines = new ArrayList<>();
        agents.forEach(agent -> lines.add(line(agent)));
        lines.add(over + " of " + count(all, "task") + " finished, " + agents.size() + " running, " + cost + " so far");
        sink.now(lines);
    }

    private static String line(AgentActivity agent) {
        return who(agent.task(), agent.agent()) + ": " + (agent.step().isEmpty() ? "thinking" : agent.step()) + " ("
                + count(agent.steps(), "step") + ", " + Durations.toText(agent.since()) + ")";
    }

    @Override
    public void nobodyAtWork() {
        sink.now(List.of());
    }

    @Override
    public void taskStopping(TaskId task, AgentName agent, String reason) {
        sink.warn(who(task, agent) + " is stopped: " + reason);
    }

    @Override
    public void taskRepeats(TaskId task, String outcome, String reason) {
        sink.warn("Task " + task + " will be retried: " + outcome + because(reason));
    }

    @Override
    public void taskEnded(TaskId task, boolean done, String outcome, String reason, Usd cost, Duration took) {
        String figures = took.isZero() ? "" : " (" + Durations.toText(took) + ", " + cost + ")";
        String line = "Task " + task + ": " + outcome + because(reason) + figures;
        if (done) {
            sink.info(line);
        } else {
            sink.warn(line);
        }
    }

    @Override
    public void engineAway(Duration atMost) {
        sink.warn("The engine does not answer; waiting for up to " + Durations.toText(atMost));
    }

    @Override
    public void engineBack(Duration away) {
        sink.warn("The engine was away for " + Durations.toText(away) + "; following the agents again");
    }

    @Override
    public void launchesHeld(String when) {
        sink.warn("The account's quota is used up: no task starts until " + when);
    }

    @Override
    public void workOver(int done, int all, Usd cost, Duration took) {
        sink.info(done + " of " + count(all, "task") + " done, " + cost + ", " + Durations.toText(took));
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
    public void commandAsksNothing(TaskId task, String command) {
        sink.warn(
                "The prompt of " + task + " begins with " + command
                        + ", a built-in command of Claude Code that asks the model nothing: no work will be done. Write the task as text");
    }

    @Override
    public void copiesInstead(Path directory) {
        sink.warn(directory
                + " is in no git repository: each agent gets a copy, and its changes are collected as a patch");
    }

    @Override
    public void gitIsLimited(String sentence) {
        sink.warn(sentence.substring(0, 1).toUpperCase(Locale.ROOT) + sentence.substring(1));
    }

    @Override
    public void startsFrom(AgentName agent, String strategy, String start) {
        sink.info("Workspace of agent " + agent + ": " + strategy + " at " + start);
    }

    @Override
    public void integrated(AgentName agent, String where, int files) {
        sink.info("Agent " + agent + " changed " + count(files, "file") + ": " + where);
    }

    @Override
    public void notMerged(AgentName agent, String reason) {
        sink.warn("Changes of agent " + agent + " are not integrated: " + reason);
    }

    @Override
    public void integrationFailed(AgentName agent, String reason) {
        sink.warn("Could not integrate the changes of agent " + agent + "; they are still in its workspace: " + reason);
    }

    @Override
    public void trapsChanged(List<Path> files) {
        files.forEach(file -> sink.warn("Changed while agents could write it: " + file
                + ". Review it before you use anything there, because tools execute it"));
    }

    @Override
    public void noWorkspaces(FleetName fleet) {
        sink.info("No agent of fleet " + fleet + " has a workspace of its own in this repository");
    }

    @Override
    public void taken(AgentName agent, boolean anything) {
        sink.info(anything ? "Merged the changes of agent " + agent : "Agent " + agent + " has no unmerged changes");
    }

    @Override
    public void cleaned(AgentName agent, List<String> kept) {
        if (kept.isEmpty()) {
            sink.info("Removed the workspace of agent " + agent + ", and its branch");
        } else {
            sink.warn("Kept unmerged work of agent " + agent + ": " + String.join(", ", kept)
                    + ". To discard it: -Dclaude-fleet.agent=" + agent + " -Dclaude-fleet.discard");
        }
    }

    @Override
    public void changesNeedALook(AgentName agent, String warning) {
        sink.warn("Changes of agent " + agent + ": " + warning);
    }

    private static String who(TaskId task, AgentName agent) {
        return task.toString().equals(agent.value()) ? "Agent " + agent : "Agent " + agent + ", task " + task;
    }

    private static String because(String reason) {
        return reason.isEmpty() ? "" : ": " + reason;
    }

    private static String sentence(String text) {
        return Character.toUpperCase(text.charAt(0)) + text.substring(1);
    }

    private static String count(int number, String noun) {
        return number + " " + noun + (number == 1 ? "" : "s");
    }
}
