/** Workspaces in realistic repositories: shapes, strategies, and events, with a verdict for each combination. */
package io.github.claudefleet.workspace.shapes;
