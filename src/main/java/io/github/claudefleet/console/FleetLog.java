package io.github.claudefleet.console;

import io.github.claudefleet.engine.EngineInfo;
import io.github.claudefleet.plan.AgentState;
import io.github.claudefleet.plan.Plan;
import io.github.claudefleet.spec.AgentName;
import io.github.claudefleet.spec.ContainerUser;
import io.github.claudefleet.spec.FleetName;
import io.github.claudefleet.spec.LoginSpec;
import io.github.claudefleet.spec.TaskId;
import io.github.claudefleet.spec.Usd;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/** Log of a fleet's events, with one method for each kind. */
public interface FleetLog {

    /** Reports the engine in use. */
    void engine(EngineInfo engine);

    /** Reports the operations that a dry run does not execute. */
    void dryRun(FleetName fleet, Plan plan);

    /** Reports that an image is being built or pulled, which can take minutes. */
    void imageBegun(Plan.Step step);

    /** Reports a line of the engine's build or pull output. */
    void imageProgress(String line);

    /** Reports the current progress of an image, and the time since it began. */
    void imageAt(String reference, String line, Duration since);

    /** Reports that the image is ready. */
    void imageReady(String reference, Duration took);

    /** Reports that an operation was executed. */
    void done(Plan.Step step, Duration took);

    /** Reports the login in use. */
    void loginChosen(LoginSpec login);

    /** Warns that the CLI can't store the login separately from its other state, so that everything is shared. */
    void loginNotSeparable(String image);

    /** Warns that the login directory is the user's own {@code ~/.claude}. */
    void personalLoginDirectory(Path directory);

    /** Warns that the login directory is inside an agent's workspace, where the agent can write. */
    void loginWithinWorkspace(Path directory, AgentName agent);

    /** Reports that a request is being sent to prove the login. */
    void proving();

    /** Reports that a request proved the login. */
    void loginProved(String method, Duration took);

    /** Reports that an earlier request proved the login recently enough. */
    void loginRemembered(String method, Duration ago);

    /** Reports the login method that the CLI names, if no proof is requested. */
    void loginMethod(String method);

    /** Warns that the login expires soon and that a person must sign in again. */
    void loginEndsSoon(String when);

    /** Warns that the account's quota is used up and that the plugin waits for its reset. */
    void waitingForQuota(String verdict, String when);

    /** Warns that the login does not work yet and that the plugin waits for it. */
    void waitingForLogin(String verdict, String next, Duration remaining);

    /** Reports that the CLI completed a sign-in. */
    void signedIn();

    /**
     * Reports that a sign-in waits for its code from another terminal.
     *
     * @param address address of the sign-in page
     * @param command command that submits the code
     */
    void signInWaits(String address, String command, Duration left);

    /** Warns that a sign-in was refused. */
    void signInRefused(String reason);

    /** Reports the login that a dry run would revoke. */
    void wouldLogOut(Path directory);

    /** Reports that the login was revoked. */
    void loggedOut(Path directory);

    /** Reports that there was no login to revoke. */
    void nothingToLogOut(Path directory);

    /** Reports that an agent is ready. */
    void agentReady(AgentName agent, AgentState state);

    /** Reports that all agents are ready. */
    void fleetUp(FleetName fleet, int agents, boolean changed, Duration took);

    /** Warns that Maven was interrupted and ends after the given steps. */
    void cancelled(List<ShutdownStep> things, Duration atMost);

    /** Reports that an incomplete start was rolled back. */
    void rolledBack(int containers);

    /** Warns of a resource that could not be rolled back. */
    void rollbackFailed(String what, String reason);

    /** Reports that a fleet was removed. */
    void stopped(FleetName fleet, int containers, Duration took);

    /** Reports that the fleet has no resources, and names other fleets. */
    void nothingToStop(FleetName fleet, List<String> others);

    /** Reports that the build uses its project's fleet, which is already running. */
    void joinsDetached(FleetName fleet);

    /** Reports that a build's fleet stays after the build, because a sign-in in it is pending. */
    void outlivesForSignIn(FleetName fleet);

    /** Reports that a fleet ends together with its build. */
    void endsWithBuild(FleetName fleet);

    /** Warns that a build's fleet could not be stopped at the end of the build. */
    void notEndedWithBuild(String reason);

    /** Warns that there is no watchdog to clean up if Maven is killed. */
    void noWatchdog(String reason);

    /** Reports that an orphaned fleet was removed. */
    void cleanedUp(String fleet, int containers);

    /** Warns that an orphaned fleet could not be removed. */
    void notCleanedUp(String fleet, String reason);

    /** Prints a table. */
    void table(List<String> lines);

    /** Prints a line of an agent's output. */
    void agentLine(String agent, int width, String line);

    /** Reports that a file was written. */
    void wrote(Path file);

    /** Reports that the tasks are followed until each has an outcome. */
    void awaiting(FleetName fleet, int tasks, int agents);

    /** Reports that a fleet has no work. */
    void nothingToAwait(FleetName fleet);

    /** Reports that an attempt of a task has begun. */
    void taskBegan(TaskId task, AgentName agent, int attempt);

    /** Returns true if {@link #atWork} may be called often, because its lines are redrawn in one place. */
    boolean showsInPlace();

    /** Shows the agents' current activity, and the progress of all tasks. */
    void atWork(List<AgentActivity> agents, int over, int all, Usd cost);

    /** Clears the display of {@link #atWork}. */
    void nobodyAtWork();

    /** Warns that a running task is being stopped. */
    void taskStopping(TaskId task, AgentName agent, String reason);

    /** Warns that a task will be retried. */
    void taskRepeats(TaskId task, String outcome, String reason);

    /** Reports the end of a task, with its outcome and its reason, which may be empty. */
    void taskEnded(TaskId task, boolean done, String outcome, String reason, Usd cost, Duration took);

    /** Warns that the engine does not answer and that the plugin waits for it. */
    void engineAway(Duration atMost);

    /** Warns that the engine had been away and answers again. */
    void engineBack(Duration away);

    /** Warns that no task starts until the quota is reset. */
    void launchesHeld(String when);

    /** Reports that all tasks have ended. */
    void workOver(int done, int all, Usd cost, Duration took);

    /** Warns that agents can't read part of the local repository that they share. */
    void repositoryHidden(Path directory, ContainerUser user);

    /** Warns that a prompt begins with a command of the repository, which agents have only if configured. */
    void commandSentAsText(TaskId task, String command, Path file);

    /** Warns that a prompt begins with a built-in command of the CLI that makes no request. */
    void commandAsksNothing(TaskId task, String command);

    /** Warns that a directory is in no git repository, so that agents get copies instead of worktrees. */
    void copiesInstead(Path directory);

    /** Warns that git is limited in a directory that agents see directly. */
    void gitIsLimited(String sentence);

    /** Reports the commit from which an agent's workspace starts. */
    void startsFrom(AgentName agent, String strategy, String start);

    /** Reports the location of an agent's changes. */
    void integrated(AgentName agent, String where, int files);

    /** Warns that an agent's changes were not integrated as configured. */
    void notMerged(AgentName agent, String reason);

    /** Warns that the changes of one agent could not be collected; the other agents are not affected. */
    void integrationFailed(AgentName agent, String reason);

    /** Warns of changed files that make this machine execute something and that agents could write. */
    void trapsChanged(List<Path> files);

    /** Warns of changes that a person should review before use. */
    void changesNeedALook(AgentName agent, String warning);

    /** Reports that no agent has its own workspace. */
    void noWorkspaces(FleetName fleet);

    /** Reports that an agent's changes are merged into the checked-out branch. */
    void taken(AgentName agent, boolean anything);

    /** Reports that an agent's workspace was removed, except for the listed parts. */
    void cleaned(AgentName agent, List<String> kept);

    /** Reports that the verified results come from an earlier build, and when that build ended. */
    void judgesEarlierBuild(FleetName fleet, String ended);

    /** Reports a passed verification, and the number of tasks that failed within the allowed limit. */
    void verified(FleetName fleet, int tasks, int failed);

    /** Warns of a results file that can't be written and that no verdict needs. */
    void resultNotWritten(String fileAndReason);

    /** Warns that the summary can't be added to the CI job's page. */
    void noCiSummary(String reason);
}
