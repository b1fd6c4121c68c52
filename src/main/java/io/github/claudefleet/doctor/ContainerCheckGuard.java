package io.github.claudefleet.doctor;

import io.github.claudefleet.engine.EngineException;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/** Prevents a container that ends during its checks from hiding the findings of other checks. */
final class ContainerCheckGuard {

    private ContainerCheckGuard() {}

    /** Returns the findings of the checks, or the engine's failure as a finding. */
    static List<Finding> at(String check, Supplier<List<Finding>> checks) {
        return at(check, () -> false, checks);
    }

    /**
     * Returns the findings of the checks, or the engine's failure as a finding, unless that has a harmless reason.
     *
     * @param ended true if the container has ended meanwhile and was free to do so; asked after a failure
     */
    static List<Finding> at(String check, BooleanSupplier ended, Supplier<List<Finding>> checks) {
        try {
            return checks.get();
        } catch (EngineException e) {
            return List.of(
                    ended.getAsBoolean()
                            ? Finding.skipped(check, "its container ended during the check")
                            : Finding.fail(check, e.getMessage(), e.suggestion().orElse("run doctor again")));
        }
    }
}
