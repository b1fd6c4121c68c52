package io.github.claudefleet.converge;

import io.github.claudefleet.plan.Plan;
import java.util.List;

/** Reports steps of a plan that failed. */
public class ConvergeException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /** Step and the reason of its failure. */
    public record Failure(Plan.Step step, RuntimeException reason) {}

    private final transient List<Failure> failures;

    /** @param failures failed steps, at least one */
    public ConvergeException(List<Failure> failures) {
        super(text(failures), failures.get(0).reason());
        this.failures = List.copyOf(failures);
    }

    /** Returns the failures, in the plan's order. */
    public List<Failure> failures() {
        return failures;
    }

    private static String text(List<Failure> failures) {
        Failure first = failures.get(0);
        int others = failures.size() - 1;
        String more = others == 0 ? "" : " (and " + others + " more step" + (others == 1 ? "" : "s") + " failed)";
        return "Could not " + first.step().operation().text() + ": "
                + first.reason().getMessage() + more;
    }
}
