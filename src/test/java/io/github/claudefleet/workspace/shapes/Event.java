package io.github.claudefleet.workspace.shapes;

import io.github.claudefleet.spec.WorkspaceStrategy;

/** An event in the life of a workspace, from its making to a clean-up that gives all up. */
interface Event {

    /** For people to read. */
    String words();

    /** Tells if it can happen to a workspace of that strategy. */
    boolean happensTo(WorkspaceStrategy strategy);

    /** Plays it, and says in a few words if all was as it has to be. */
    String verdict(Stage stage);
}
