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

/** What happens to a fleet, a method for each fact. */
public interface FleetLog {

    /** The engine that is used. */
    void engine(EngineInfo engine);

    /** What would be done, where nothing is. */
    void dryRun(FleetName fleet, Plan plan);

    /** An image is being made or fetched, which can take minutes. */
    void imageBegun(Plan.Step step);

    /** A line of the engine's about the image. */
    void imageProgress(String line);

    /** What an image that is made for so long is at. */
    void imageAt(String reference, String line, Duration since);

    /** The image is there. */
    void imageReady(String reference, Duration took);

    /** Something was done. */
    void done(Plan.Step step, Duration took);

    /** Which login is in use. */
    void loginChosen(LoginSpec login);

    /** The CLI doesn't keep the login apart from its other state: everything is shared instead. */
    void loginNotSeparable(String image);

    /** The login directory is the person's own {@code ~/.claude}. */
    void personalLoginDirectory(Path directory);

    /** The login directory is within an agent's workspace, which the agent can write. */
    void loginWithinWorkspace(Path directory, AgentName agent);

    /** A request is on its way to find out whether the login works. */
    void proving();

    /** A request proved the login. */
    void loginProved(String method, Duration took);

    /** A request proved the login a while ago, which is taken for granted. */
    void loginRemembered(String method, Duration ago);

    /** How the CLI says that it is logged in, where no proof is asked for. */
    void loginMethod(String method);

    /** A person has to sign in again before long. */
    void loginEndsSoon(String when);

    /** The account's quota is used up, and its reset is waited for. */
    void waitingForQuota(String verdict, String when);

    /** The login doesn't work so far, and it is waited for. */
    void waitingForLogin(String verdict, String next, Duration remaining);

    /** A sign-in ended with success, as the CLI says. */
    void signedIn();

    /**
     * A sign-in waits for somebody at another terminal.
     *
     * @param address where to sign in
     * @param command what hands the code to it
     */
    void signInWaits(String address, String command, Duration left);

    /** A sign-in was refused. */
    void signInRefused(String reason);

    /** The login would be ended, where nothing is done. */
    void wouldLogOut(Path directory);

    /** The login was ended. */
    void loggedOut(Path directory);

    /** There was no login to end. */
    void nothingToLogOut(Path directory);

    /** An agent has got to its work. */
    void agentReady(AgentName agent, AgentState state);

    /** All agents have. */
    void fleetUp(FleetName fleet, int agents, boolean changed, Duration took);

    /** Maven is told to end, which it does as soon as some last things are done. */
    void cancelled(List<ShutdownStep> things, Duration atMost);

    /** What was begun has been taken back, since it could not be brought to its end. */
    void rolledBack(int containers);

    /** What could not be taken back. */
    void rollbackFailed(String what, String reason);

    /** A fleet is gone. */
    void stopped(FleetName fleet, int containers, Duration took);

    /** There was nothing of that fleet; others may be there. */
    void nothingToStop(FleetName fleet, List<String> others);

    /** A build finds its project's fleet up already, and uses it as it is. */
    void joinsDetached(FleetName fleet);

    /** A fleet that was to end with its build stays, since a sign-in in it waits for somebody. */
    void outlivesForSignIn(FleetName fleet);

    /** A fleet ends since the build ends that it belongs to. */
    void endsWithBuild(FleetName fleet);

    /** A fleet that was to end with its build could not be ended. */
    void notEndedWithBuild(String reason);

    /** Nobody would notice if Maven died without a word. */
    void noWatchdog(String reason);

    /** What a build had left behind is gone. */
    void cleanedUp(String fleet, int containers);

    /** What a build left behind could not be removed. */
    void notCleanedUp(String fleet, String reason);

    /** A table for people. */
    void table(List<String> lines);

    /** A line that an agent printed. */
    void agentLine(String agent, int width, String line);

    /** A file was written. */
    void wrote(Path file);

    /** Tasks are followed until each is judged. */
    void awaiting(FleetName fleet, int tasks, int agents);

    /** A fleet has no work. */
    void nothingToAwait(FleetName fleet);

    /** A task has begun. */
    void taskBegan(TaskId task, AgentName agent, int attempt);

    /** Whether {@link #atWork} may be told many times, since it is shown in one place. */
    boolean showsInPlace();

    /** What agents are at, and how far all is. */
    void atWork(List<AgentActivity> agents, int over, int all, Usd cost);

    /** What was told by {@link #atWork} holds no more. */
    void nobodyAtWork();

    /** A task that is at work is asked to end. */
    void taskStopping(TaskId task, AgentName agent, String reason);

    /** A task will be begun again. */
    void taskRepeats(TaskId task, String outcome, String reason);

    /** A task is over; the words of its outcome and the reason, where there is one. */
    void taskEnded(TaskId task, boolean done, String outcome, String reason, Usd cost, Duration took);

    /** The engine does not answer; it is waited for. */
    void engineAway(Duration atMost);

    /** The engine answers again. */
    void engineBack(Duration away);

    /** Nothing is begun for want of quota. */
    void launchesHeld(String when);

    /** All tasks are over. */
    void workOver(int done, int all, Usd cost, Duration took);

    /** Agents can't read something of the local repository that they are to share. */
    void repositoryHidden(Path directory, ContainerUser user);

    /** A prompt begins with a command of the repository, which agents have by choice alone. */
    void commandSentAsText(TaskId task, String command, Path file);

    /** A prompt begins with a command of the CLI's own that makes no request. */
    void commandAsksNothing(TaskId task, String command);

    /** A directory is in no git repository: agents that were to have worktrees get copies. */
    void copiesInstead(Path directory);

    /** Git can't do all in a directory that agents see directly. */
    void gitIsLimited(String sentence);

    /** What an agent's own workspace begins with. */
    void startsFrom(AgentName agent, String strategy, String start);

    /** What an agent changed in its own workspace is where a person can look at it. */
    void integrated(AgentName agent, String where, int files);

    /** What an agent changed came less far than it was to. */
    void notMerged(AgentName agent, String reason);

    /** An agent's work could not be brought home; that of the others could. */
    void integrationFailed(AgentName agent, String reason);

    /** Files that make this machine run something are others than before agents could write them. */
    void trapsChanged(List<Path> files);

    /** Something about an agent's changes that a person should know before they are used. */
    void changesNeedALook(AgentName agent, String warning);

    /** No agent has a workspace of its own. */
    void noWorkspaces(FleetName fleet);

    /** What an agent changed is in what is checked out by now. */
    void taken(AgentName agent, boolean anything);

    /** An agent's workspace is gone, but for what is listed. */
    void cleaned(AgentName agent, List<String> kept);

    /** The results that are about to be judged are not of this build, but of one that ended at some time. */
    void judgesEarlierBuild(FleetName fleet, String ended);

    /** The results are good enough; so many of the tasks failed that were allowed to. */
    void verified(FleetName fleet, int tasks, int failed);

    /** A file of the results that no verdict needs can't be written. */
    void resultNotWritten(String fileAndReason);

    /** The page of the CI's job can't be added to. */
    void noCiSummary(String reason);
}
