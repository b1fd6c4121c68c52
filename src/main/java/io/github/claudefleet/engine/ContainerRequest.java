package io.github.claudefleet.engine;

import io.github.claudefleet.spec.ContainerUser;
import io.github.claudefleet.spec.Hardening;
import io.github.claudefleet.spec.ResourceLimits;
import java.util.List;
import java.util.SortedMap;

/**
 * A container to make.
 *
 * @param name unique on the engine
 * @param image the image's name
 * @param user who its processes run as
 * @param command what runs in place of the image's own entrypoint and command
 * @param environment its environment, in the names' order
 * @param labels by which it is found again, in the names' order
 * @param mounts in the order of the request
 * @param workingDirectory where the command starts
 * @param network the name of the network that it joins
 * @param extraHosts {@code HOST:ADDRESS} lines for its hosts file
 * @param limits what it may take of the machine
 * @param hardening what it is kept from
 * @param restartPolicy whether it comes back, and how much time it gets to end
 */
public record ContainerRequest(
        String name,
        String image,
        ContainerUser user,
        List<String> command,
        SortedMap<String, String> environment,
        SortedMap<String, String> labels,
        List<Mount> mounts,
        String workingDirectory,
        String network,
        List<String> extraHosts,
        ResourceLimits limits,
        Hardening hardening,
        RestartPolicy restartPolicy) {}
