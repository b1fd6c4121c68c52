package io.github.claudefleet.engine;

/**
 * Driver and use of a network, whether or not a fleet created it.
 *
 * @param driver network driver, such as {@code bridge}
 * @param containers number of running containers that are connected to it
 */
public record NetworkUse(String driver, int containers) {}
