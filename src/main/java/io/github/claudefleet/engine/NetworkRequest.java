package io.github.claudefleet.engine;

import java.util.Map;

/**
 * Request to create a network.
 *
 * @param name unique name on the engine
 * @param labels labels that identify it later
 */
public record NetworkRequest(String name, Map<String, String> labels) {}
