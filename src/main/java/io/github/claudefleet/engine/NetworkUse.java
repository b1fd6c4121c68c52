package io.github.claudefleet.engine;

/**
 * What is known of a network, whoever made it.
 *
 * @param driver how the engine makes it, such as {@code bridge}
 * @param containers how many run on it
 */
public record NetworkUse(String driver, int containers) {}
