package io.github.claudefleet.workspace.shapes;

import io.github.claudefleet.spec.WorkspaceStrategy;

/** Event in the life of a workspace, from its creation to a clean-up that discards everything. */
interface Event {

    /** Description for readers. */
    String words();

    /** Checks that this event applies to a workspace of this strategy. */
    boolean happensTo(WorkspaceStrategy strategy);

    /** Plays the event, and returns a verdict of a few words. */
    String verdict(Stage stage);
}
