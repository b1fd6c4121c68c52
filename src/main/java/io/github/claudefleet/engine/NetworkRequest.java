package io.github.claudefleet.engine;

import java.util.Map;

/**
 * A network to make.
 *
 * @param name unique on the engine
 * @param labels by which it is found again
 */
public record NetworkRequest(String name, Map<String, String> labels) {}
