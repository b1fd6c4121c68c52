package io.github.claudefleet.engine;

import io.github.claudefleet.spec.ContainerUser;
import java.util.Map;

/**
 * A volume in memory to make.
 *
 * @param name unique on the engine
 * @param labels by which it is found again
 * @param owner who alone may enter it
 * @param bytes the most that it holds
 */
public record VolumeRequest(String name, Map<String, String> labels, ContainerUser owner, long bytes) {}
