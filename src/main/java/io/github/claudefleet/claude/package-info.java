/**
 * Reads the output of the Claude Code CLI: its version, the status and times of its login, and its events, results and
 * token usage. A change of the pinned CLI version is a change of this package.
 */
package io.github.claudefleet.claude;
