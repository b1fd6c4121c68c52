/**
 * What becomes of a fleet's tasks: the events that an agent's CLI prints, how a run went, and who is to do what next.
 * Decides, and does nothing; time comes in as a value.
 */
package io.github.claudefleet.task;
