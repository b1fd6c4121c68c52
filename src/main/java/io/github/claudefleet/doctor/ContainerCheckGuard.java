package io.github.claudefleet.doctor;

import io.github.claudefleet.engine.EngineException;
import java.util.List;
import java.util.function.Supplier;

/** Keeps a container that goes while it is asked from hiding what the other checks find. */
final class ContainerCheckGuard {

    private ContainerCheckGuard() {}

    /** What the checks find, or that the engine would not let them look. */
    static List<Finding> at(String check, Supplier<List<Finding>> checks) {
        try {
            return checks.get();
        } catch (EngineException e) {
            return List.of(Finding.fail(check, e.getMessage(), e.suggestion().orElse("run doctor again")));
        }
    }
}
