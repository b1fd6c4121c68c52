package io.github.claudefleet.docker;

import com.github.dockerjava.api.model.Info;
import com.github.dockerjava.api.model.Version;
import io.github.claudefleet.engine.UserMapping;
import java.util.List;
import java.util.Optional;

/** Derives the user mapping from the engine's information. */
final class UserMappings {

    private UserMappings() {}

    static UserMapping of(Version version, Info info) {
        List<String> options = Optional.ofNullable(info.getSecurityOptions()).orElse(List.of());
        // Podman 4.3 reports it only in a separate field.
        if (options.contains("name=rootless")
                || Boolean.TRUE.equals(info.getRawValues().get("Rootless"))) {
            return isPodman(version) ? UserMapping.KEPT : UserMapping.ROOTLESS;
        }
        return options.contains("name=userns") ? UserMapping.REMAPPED : UserMapping.SAME;
    }

    static boolean isPodman(Version version) {
        return Optional.ofNullable(version.getComponents()).orElse(List.of()).stream()
                .anyMatch(component -> "Podman Engine".equals(component.getName()));
    }
}
