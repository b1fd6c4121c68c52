/**
 * Reads the Claude Code CLI: its version, the status and times of its login, and the events, results and token usage that
 * it prints. A change of the pinned CLI version is a change of this package.
 */
package io.github.claudefleet.claude;
