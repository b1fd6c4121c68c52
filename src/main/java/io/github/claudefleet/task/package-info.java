/**
 * Judges and schedules a fleet's tasks, by the events of package {@code claude}: attempts, outcomes, reports and next
 * actions. Has no side effects; the time is passed in as a value.
 */
package io.github.claudefleet.task;
