package io.github.claudefleet.console;

import io.github.claudefleet.fleet.WorkspaceListener;
import io.github.claudefleet.spec.AgentName;
import java.nio.file.Path;
import java.util.List;

/** Formats the start of agents' workspaces and the integration of their changes. */
final class ConsoleWorkspaceListener implements WorkspaceListener {

    private final LogSink sink;

    ConsoleWorkspaceListener(LogSink sink) {
        this.sink = sink;
    }

    @Override
    public void copiesInstead(Path directory) {
        sink.warn(directory
                + " is in no git repository: each agent gets a copy, and its changes are collected as a patch");
    }

    @Override
    public void gitIsLimited(String sentence) {
        sink.warn(Phrases.sentence(sentence));
    }

    @Override
    public void startsFrom(AgentName agent, String strategy, String start) {
        sink.info("Workspace of agent " + agent + ": " + strategy + " at " + start);
    }

    @Override
    public void integrated(AgentName agent, String where, int files) {
        sink.info("Agent " + agent + " changed " + Phrases.count(files, "file") + ": " + where);
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
    public void autoExecutedFilesChanged(List<Path> files) {
        files.forEach(file -> sink.warn("Changed while agents could write it: " + file
                + ". Review it before you use anything there, because tools execute it"));
    }

    @Override
    public void changesNeedReview(AgentName agent, String warning) {
        sink.warn("Changes of agent " + agent + ": " + warning);
    }
}
