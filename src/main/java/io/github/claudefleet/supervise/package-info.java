/**
 * Supervises agents at work: reads the output of their containers, sends them tasks, stops those that exceed their
 * time, and stores their events. Package {@code task} decides on the actions.
 */
package io.github.claudefleet.supervise;
