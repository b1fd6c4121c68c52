package io.github.claudefleet.kubernetes;

import io.fabric8.kubernetes.api.model.Pod;
import io.github.claudefleet.engine.EngineException;
import io.github.claudefleet.engine.EngineException.Kind;
import java.time.Duration;
import java.util.Optional;

/** Wait for a pod that was created: a node has to be found for it, and the node has to get its image. */
final class PodStart {

    /** Time between two looks at a pod's problem. */
    static final Duration GLANCE = Duration.ofSeconds(5);

    /** Time for which a problem is waited out that may pass. */
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    /** Time for the pull of a large image. */
    private static final Duration LONGEST = Duration.ofMinutes(15);

    private final String call;
    private final String pod;
    private Duration waited = Duration.ZERO;
    private Duration inTrouble = Duration.ZERO;

    /** @param call operation and target, for the messages */
    PodStart(String call, String pod) {
        this.call = call;
        this.pod = pod;
    }

    /** Returns true if the pod's process runs or has run. */
    static boolean isBegun(Pod pod) {
        return switch (PodObservations.container(pod).state()) {
            case CREATED, UNKNOWN -> false;
            default -> true;
        };
    }

    /**
     * Decides to wait for another {@link #GLANCE}.
     *
     * @throws EngineException if the pod has a problem for too long
     */
    void goOn(Optional<PodProblem> problem) {
        waited = waited.plus(GLANCE);
        inTrouble = problem.isPresent() ? inTrouble.plus(GLANCE) : Duration.ZERO;
        if (problem.isPresent() && (!problem.get().kind().mayPass() || inTrouble.compareTo(PATIENCE) >= 0)) {
            throw new EngineException(
                    Kind.FAILED,
                    call,
                    problem.get().describe(pod),
                    problem.get().suggestion(),
                    null);
        }
        if (waited.compareTo(LONGEST) >= 0) {
            throw new EngineException(
                    Kind.TIMED_OUT, call, "it had not begun after " + LONGEST.toMinutes() + " min", "", null);
        }
    }
}
