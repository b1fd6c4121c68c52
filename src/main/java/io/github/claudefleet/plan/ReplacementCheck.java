package io.github.claudefleet.plan;

import io.github.claudefleet.engine.ContainerObservation;
import io.github.claudefleet.engine.ContainerRequest;
import io.github.claudefleet.engine.ContainerState;
import io.github.claudefleet.spec.AgentExit;
import io.github.claudefleet.spec.Labels;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Decides if a container must be replaced to match its request. */
final class ReplacementCheck {

    private ReplacementCheck() {}

    /** Returns the cause to replace the container; empty if it can stay. */
    static Optional<Cause> cause(ContainerObservation former, ContainerRequest request) {
        Fingerprint wanted = Fingerprint.parse(request.labels().get(Labels.FINGERPRINT));
        Fingerprint present = Fingerprint.parse(former.label(Labels.FINGERPRINT).orElse(""));
        List<String> differences = wanted.differencesFrom(present);
        return differences.isEmpty() ? causeInState(former) : Optional.of(Cause.changed(differences));
    }

    private static Optional<Cause> causeInState(ContainerObservation former) {
        if (former.state() == ContainerState.RUNNING) {
            return Optional.empty();
        }
        if (former.state() == ContainerState.CREATED) {
            return Optional.of(Cause.NEVER_STARTED);
        }
        if (former.state() != ContainerState.EXITED) {
            return Optional.of(Cause.state(former.state().name().toLowerCase(Locale.ROOT)));
        }
        int exitCode = former.exitCode().orElse(-1);
        return endedAtWork(former, exitCode) ? Optional.empty() : Optional.of(Cause.ended(exitCode));
    }

    /** Returns true if the agent received its prompt, which is never sent a second time, however the agent ended. */
    private static boolean endedAtWork(ContainerObservation former, int exitCode) {
        return former.label(Labels.PROMPT).isPresent() && !AgentExit.beforeReady(exitCode);
    }
}
