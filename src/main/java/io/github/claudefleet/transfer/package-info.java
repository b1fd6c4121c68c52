/**
 * Transfers of agents' workspaces to and from volumes of an engine that can't mount this machine's directories, in pieces
 * over the port's processes.
 */
package io.github.claudefleet.transfer;
