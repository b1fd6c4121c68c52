package io.github.claudefleet.engine;

import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;

/**
 * An image to build.
 *
 * @param tag the name that it gets
 * @param context the folder that is sent to the engine
 * @param dockerfile the Dockerfile's path within the context
 * @param arguments build arguments, in the names' order
 * @param labels the image's labels
 * @param pullBase whether the base's registry is asked for a newer one
 * @param network the network mode of the build's steps, or empty for the engine's default
 */
public record BuildRequest(
        String tag,
        Path context,
        String dockerfile,
        SortedMap<String, String> arguments,
        Map<String, String> labels,
        boolean pullBase,
        Optional<String> network) {}
