package io.github.claudefleet.tasksource;

/**
 * Task that a source has.
 *
 * @param name name within its agent
 * @param prompt complete prompt
 */
public record FoundTask(String name, String prompt) {}
