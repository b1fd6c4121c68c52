/**
 * Workspaces of the agents, created from the project's repository, and integration of their changes, with the host's
 * git.
 */
package io.github.claudefleet.workspace;
