package io.github.claudefleet.engine;

import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;

/**
 * Request to build an image.
 *
 * @param tag name of the image
 * @param context directory that is sent to the engine as the build context
 * @param dockerfile path of the Dockerfile within the context
 * @param arguments build arguments, sorted by name
 * @param labels labels of the image
 * @param pullBase true to check the registry for a newer base image
 * @param network network mode of the build's {@code RUN} instructions, or empty for the engine's default
 */
public record BuildRequest(
        String tag,
        Path context,
        String dockerfile,
        SortedMap<String, String> arguments,
        Map<String, String> labels,
        boolean pullBase,
        Optional<String> network) {}
