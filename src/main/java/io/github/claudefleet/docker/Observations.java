package io.github.claudefleet.docker;

import com.github.dockerjava.api.command.InspectContainerResponse;
import com.github.dockerjava.api.command.InspectImageResponse;
import com.github.dockerjava.api.model.ContainerConfig;
import io.github.claudefleet.claude.ClaudeEnvironment;
import io.github.claudefleet.engine.ContainerObservation;
import io.github.claudefleet.engine.ContainerState;
import io.github.claudefleet.engine.ImageObservation;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Translates the engine's responses into the port's observations. */
final class Observations {

    private Observations() {}

    static ContainerObservation container(InspectContainerResponse response) {
        InspectContainerResponse.ContainerState reported = response.getState();
        ContainerState state = ContainerState.of(String.valueOf(reported.getStatus()));
        ContainerConfig config = response.getConfig();
        return new ContainerObservation(
                response.getId(),
                response.getName().replaceFirst("^/", ""),
                labels(config),
                Optional.ofNullable(config.getImage()).orElse(""),
                response.getImageId(),
                state,
                exitCode(state, reported),
                time(response.getCreated()),
                time(reported.getStartedAt()),
                time(reported.getFinishedAt()),
                Boolean.TRUE.equals(reported.getOOMKilled()));
    }

    static ImageObservation image(InspectImageResponse response) {
        return new ImageObservation(response.getId(), labels(response.getConfig()), variables(response.getConfig()));
    }

    /** Returns the variables that are set. An empty or negative value has no effect and does not count. */
    private static Set<String> variables(ContainerConfig config) {
        String[] environment =
                Optional.ofNullable(config).map(ContainerConfig::getEnv).orElse(new String[0]);
        return Arrays.stream(environment)
                .map(line -> line.split("=", 2))
                .filter(pair -> pair.length == 2 && ClaudeEnvironment.isSet(pair[1]))
                .map(pair -> pair[0])
                .collect(Collectors.toSet());
    }

    /** Parses a time. Engines report year 1 for events that have not happened, and Podman reports its own time zone. */
    static Optional<Instant> time(String text) {
        return Optional.ofNullable(text)
                .filter(given -> !given.isBlank() && !given.startsWith("0001-"))
                .map(given -> OffsetDateTime.parse(given).toInstant());
    }

    /** Returns the exit code. Engines report 0 for containers that have not exited. */
    private static Optional<Integer> exitCode(ContainerState state, InspectContainerResponse.ContainerState reported) {
        boolean ended =
                state == ContainerState.EXITED || state == ContainerState.DEAD || state == ContainerState.RESTARTING;
        return ended ? Optional.ofNullable(reported.getExitCodeLong()).map(Math::toIntExact) : Optional.empty();
    }

    private static Map<String, String> labels(ContainerConfig config) {
        return Optional.ofNullable(config).map(ContainerConfig::getLabels).orElse(Map.of());
    }
}
