package io.github.claudefleet.engine;

import io.github.claudefleet.spec.ContainerUser;
import io.github.claudefleet.spec.Hardening;
import io.github.claudefleet.spec.ResourceLimits;
import java.util.List;
import java.util.SortedMap;

/**
 * Request to create a container.
 *
 * @param name unique name on the engine
 * @param image name of the image
 * @param user user that its processes run as
 * @param command command that replaces the image's own entrypoint and command
 * @param environment environment variables, sorted by name
 * @param labels labels that identify it later, sorted by name
 * @param mounts mounts, in the order of the request
 * @param workingDirectory working directory of the command
 * @param network network that it joins
 * @param limits CPU, memory and process limits
 * @param hardening security options
 * @param lifecycle restart policy and health check
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
        NetworkAttachment network,
        ResourceLimits limits,
        Hardening hardening,
        Lifecycle lifecycle) {

    /** Returns the restart policy and time to stop. */
    public RestartPolicy restartPolicy() {
        return lifecycle.restartPolicy();
    }
}
