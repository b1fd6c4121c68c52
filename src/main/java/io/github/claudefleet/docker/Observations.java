package io.github.claudefleet.docker;

import com.github.dockerjava.api.command.InspectContainerResponse;
import com.github.dockerjava.api.command.InspectImageResponse;
import com.github.dockerjava.api.model.Container;
import com.github.dockerjava.api.model.ContainerConfig;
import io.github.claudefleet.claude.ClaudeEnvironment;
import io.github.claudefleet.engine.ContainerObservation;
import io.github.claudefleet.engine.ContainerState;
import io.github.claudefleet.engine.ImageObservation;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Translates the engine's responses into the port's observations. */
final class Observations {

    private static final Set<ContainerState> TOLD_BY_A_LIST =
            EnumSet.of(ContainerState.CREATED, ContainerState.RUNNING, ContainerState.PAUSED);

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

    /**
     * Translates an entry of a list. Empty if the container's state has details that only an inspection reports: the
     * exit code, and whether the memory limit was exceeded.
     */
    static Optional<ContainerObservation> listed(Container entry) {
        ContainerState state = ContainerState.of(String.valueOf(entry.getState()));
        return TOLD_BY_A_LIST.contains(state)
                ? ownName(entry).map(name -> listed(entry, name, state))
                : Optional.empty();
    }

    static Map<String, String> labels(Container entry) {
        return Optional.ofNullable(entry.getLabels()).orElse(Map.of());
    }

    /** Returns the container's name. The others, {@code /OTHER/ALIAS}, are links from other containers. */
    private static Optional<String> ownName(Container entry) {
        return Arrays.stream(Optional.ofNullable(entry.getNames()).orElse(new String[0]))
                .map(name -> name.replaceFirst("^/", ""))
                .filter(name -> name.indexOf('/') < 0)
                .findFirst();
    }

    private static ContainerObservation listed(Container entry, String name, ContainerState state) {
        return new ContainerObservation(
                entry.getId(),
                name,
                labels(entry),
                Optional.ofNullable(entry.getImage()).orElse(""),
                Optional.ofNullable(entry.getImageId()).orElse(""),
                state,
                Optional.empty(),
                Optional.ofNullable(entry.getCreated()).map(Instant::ofEpochSecond),
                Optional.empty(),
                Optional.empty(),
                false);
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
