/** Façade with a short method for each goal, which reads as a summary of the goal. */
package io.github.claudefleet.fleet;
