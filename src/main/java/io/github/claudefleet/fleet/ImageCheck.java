package io.github.claudefleet.fleet;

import io.github.claudefleet.auth.AuthContainer;
import io.github.claudefleet.auth.AuthContainerFacts;
import io.github.claudefleet.engine.ContainerEngine;
import io.github.claudefleet.engine.ContainerObservation;
import io.github.claudefleet.engine.ContainerState;
import io.github.claudefleet.engine.EngineException;
import io.github.claudefleet.engine.LastLines;
import io.github.claudefleet.plan.ImageTarget;
import io.github.claudefleet.spec.ImageSpec;
import io.github.claudefleet.spec.InvalidSpecException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Inspects a new auth container to check that the fleet can run with its image. */
final class ImageCheck {

    private static final int LAST_LINES = 5;
    /** Number of checks for an exit: the container may have been about to exit when the command was sent. */
    private static final int LOOKS_FOR_AN_END = 10;

    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(100);
    /** Exit status of both the shell and init for a command that isn't found. */
    private static final int NOT_FOUND = 127;

    private final ContainerEngine engine;
    private final ImageTarget target;

    ImageCheck(ContainerEngine engine, ImageTarget target) {
        this.engine = engine;
        this.target = target;
    }

    /**
     * Reads the container's facts about itself.
     *
     * @throws InvalidSpecException if the image lacks something that a fleet's containers need
     */
    AuthContainerFacts into(AuthContainer container) throws InterruptedException {
        try {
            AuthContainerFacts facts = container.look();
            refuse(facts.lacks());
            return facts;
        } catch (EngineException e) {
            throw explained(e, container.id());
        }
    }

    private void refuse(List<String> missing) {
        if (!missing.isEmpty()) {
            throw unusable(
                    target.reference() + " lacks: " + String.join(", ", missing),
                    "Use an image that has " + (missing.size() == 1 ? "it" : "them"));
        }
    }

    /** Replaces a failed command's error if the container has exited: the reason of the exit explains more. */
    private RuntimeException explained(EngineException failure, String containerId) throws InterruptedException {
        for (int look = 0; look < LOOKS_FOR_AN_END; look++) {
            Optional<ContainerObservation> container = find(containerId);
            if (container.filter(ImageCheck::hasEnded).isPresent()) {
                return ended(container.get());
            }
            Thread.sleep(BETWEEN_LOOKS.toMillis());
        }
        return failure;
    }

    /** Returns empty if the engine fails: the first failure then stays the best explanation. */
    private Optional<ContainerObservation> find(String containerId) {
        try {
            return engine.containers().find(containerId);
        } catch (EngineException e) {
            return Optional.empty();
        }
    }

    /** Returns true if the container has exited. The engine restarts an auth container, with growing pauses. */
    private static boolean hasEnded(ContainerObservation container) {
        return container.state() == ContainerState.EXITED || container.state() == ContainerState.RESTARTING;
    }

    private InvalidSpecException ended(ContainerObservation container) throws InterruptedException {
        int status = container.exitCode().orElse(0);
        String why = status == NOT_FOUND ? " (most likely the image has no /bin/sh)" : "";
        return unusable(
                target.reference() + " can't be used: the auth container ended at once with exit status " + status + why
                        + "; " + lastLines(container.id()),
                "Use an image with /bin/sh in it");
    }

    private String lastLines(String containerId) throws InterruptedException {
        List<String> lines = LastLines.of(engine, containerId, LAST_LINES);
        return lines.isEmpty() ? "it printed nothing" : "its last words: " + String.join(" / ", lines);
    }

    private InvalidSpecException unusable(String problem, String suggestion) {
        String parameter = parameter(target.spec());
        String other = parameter.equals("image.base") ? "." : ", or leave " + parameter + " out for the bundled image.";
        return new InvalidSpecException(parameter, problem, suggestion + other);
    }

    /** Returns the name of the parameter that configures such an image. */
    static String parameter(ImageSpec spec) {
        if (spec instanceof ImageSpec.Named) {
            return "image.name";
        }
        return spec instanceof ImageSpec.FromDockerfile ? "image.dockerfile" : "image.base";
    }
}
