package io.github.claudefleet.console;

import io.github.claudefleet.auth.LoginListener;
import io.github.claudefleet.converge.ConvergeListener;
import io.github.claudefleet.fleet.FleetListener;
import io.github.claudefleet.fleet.FleetListeners;
import io.github.claudefleet.fleet.FleetLoginListener;
import io.github.claudefleet.fleet.ImageListener;
import io.github.claudefleet.fleet.OutputListener;
import io.github.claudefleet.fleet.PreconditionListener;
import io.github.claudefleet.fleet.RunListener;
import io.github.claudefleet.fleet.WorkspaceListener;
import io.github.claudefleet.supervise.SupervisionListener;
import io.github.claudefleet.tasksource.TaskSourceListener;
import java.util.function.Function;

/** Listeners that format each event as one or a few lines of text, all for the same sink. */
public final class ConsoleListeners implements FleetListeners {

    private final ConsoleFleetListener fleet;
    private final ConsoleLoginListener login;
    private final WorkspaceListener workspaces;
    private final ConvergeListener converge;
    private final SupervisionListener supervision;
    private final TaskSourceListener tasks;
    private final GoalMessages goals;
    private final RunListener runs;

    public ConsoleListeners(LogSink sink) {
        this(sink, messages -> new RunListener() {});
    }

    /** @param runs maker of a listener to complete runs, whose problems are messages of the goals */
    public ConsoleListeners(LogSink sink, Function<GoalMessages, RunListener> runs) {
        this.fleet = new ConsoleFleetListener(sink);
        this.login = new ConsoleLoginListener(sink);
        this.workspaces = new ConsoleWorkspaceListener(sink);
        this.converge = new ConsoleConvergeListener(sink);
        this.supervision = new ConsoleSupervisionListener(sink);
        this.tasks = new ConsoleTaskSourceListener(sink);
        this.goals = new GoalMessages(sink);
        this.runs = runs.apply(goals);
    }

    @Override
    public FleetListener fleet() {
        return fleet;
    }

    @Override
    public PreconditionListener preconditions() {
        return fleet;
    }

    @Override
    public ImageListener images() {
        return fleet;
    }

    @Override
    public WorkspaceListener workspaces() {
        return workspaces;
    }

    @Override
    public ConvergeListener converge() {
        return converge;
    }

    @Override
    public FleetLoginListener fleetLogin() {
        return login;
    }

    @Override
    public LoginListener login() {
        return login;
    }

    @Override
    public SupervisionListener supervision() {
        return supervision;
    }

    @Override
    public RunListener runs() {
        return runs;
    }

    @Override
    public OutputListener output() {
        return fleet;
    }

    /** Returns the listener to the search for tasks. */
    public TaskSourceListener tasks() {
        return tasks;
    }

    /** Returns the messages of the goals themselves. */
    public GoalMessages goals() {
        return goals;
    }
}
