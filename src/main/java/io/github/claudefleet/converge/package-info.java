/** Applies a plan to the engine without own decisions, then waits until the started agents are ready. */
package io.github.claudefleet.converge;
