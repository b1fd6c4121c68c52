/** Workspaces in repositories as people have them: shapes, strategies, and events, with a verdict for each combination. */
package io.github.claudefleet.workspace.shapes;
