package io.github.claudefleet.engine;

/**
 * A network as the engine reports it.
 *
 * @param id its id
 * @param name its name
 */
public record NetworkObservation(String id, String name) {}
