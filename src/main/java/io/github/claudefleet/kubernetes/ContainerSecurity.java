package io.github.claudefleet.kubernetes;

import io.fabric8.kubernetes.api.model.ContainerBuilder;
import io.fabric8.kubernetes.api.model.SecurityContext;
import io.fabric8.kubernetes.api.model.SecurityContextBuilder;
import io.github.claudefleet.engine.ContainerRequest;
import io.github.claudefleet.spec.Hardening;
import io.github.claudefleet.spec.InvalidSpecException;
import java.util.List;

/** Security options of each container, as the pod security standard "restricted" asks for them. */
final class ContainerSecurity {

    /** The only capability that the standard allows to add. */
    private static final String ALLOWED = "NET_BIND_SERVICE";

    private ContainerSecurity() {}

    /** Returns a container of a request's image, without mounts and limits. */
    static ContainerBuilder container(
            String name, ContainerRequest request, List<String> command, Hardening hardening) {
        return new ContainerBuilder()
                .withName(name)
                .withImage(request.image())
                .withImagePullPolicy("IfNotPresent")
                .withCommand(command)
                .withSecurityContext(of(hardening));
    }

    /** @throws InvalidSpecException if the options are some that the standard forbids */
    static SecurityContext of(Hardening hardening) {
        if (!hardening.noNewPrivileges()) {
            throw new InvalidSpecException(
                    "hardening.noNewPrivileges", "can't be false on Kubernetes", "Leave it out.");
        }
        if (!List.of(ALLOWED).containsAll(hardening.capAdd())) {
            throw new InvalidSpecException(
                    "hardening.capAdd",
                    "can only be " + ALLOWED + " on Kubernetes",
                    "Leave the others out, or do what needs them when the image is built.");
        }
        return new SecurityContextBuilder()
                .withRunAsNonRoot(true)
                .withAllowPrivilegeEscalation(false)
                .withPrivileged(false)
                .withReadOnlyRootFilesystem(hardening.readOnlyRootfs())
                .withNewCapabilities()
                .withDrop("ALL")
                .withAdd(hardening.capAdd())
                .endCapabilities()
                .build();
    }
}
