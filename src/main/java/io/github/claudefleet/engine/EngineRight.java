package io.github.claudefleet.engine;

/**
 * Right that a fleet needs on an engine which distinguishes users.
 *
 * @param text what it allows, such as {@code create pods in namespace team}
 * @param granted true if this user has it
 */
public record EngineRight(String text, boolean granted) {}
