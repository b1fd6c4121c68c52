package io.github.claudefleet.doctor;

/**
 * Result of one check.
 *
 * @param check name of the check, such as {@code login directory}
 * @param outcome outcome of the check
 * @param detail observed facts
 * @param remedy remedy, a command if there is one; empty if there is nothing to do
 */
public record Finding(String check, Outcome outcome, String detail, String remedy) {

    /** Outcome of a check, from good to bad. */
    public enum Outcome {
        PASS("pass"),
        /** Check was not possible, because it needs something that is missing. */
        SKIPPED("skip"),
        /** Fleet works, or may work, but not as it should. */
        WARN("warn"),
        /** Fleet can't work. */
        FAIL("FAIL");

        private final String value;

        Outcome(String value) {
            this.value = value;
        }

        /** Returns the value that the report uses. */
        public String value() {
            return value;
        }
    }

    static Finding pass(String check, String detail) {
        return new Finding(check, Outcome.PASS, detail, "");
    }

    static Finding skipped(String check, String reason) {
        return new Finding(check, Outcome.SKIPPED, reason, "");
    }

    static Finding warn(String check, String detail, String remedy) {
        return new Finding(check, Outcome.WARN, detail, remedy);
    }

    static Finding fail(String check, String detail, String remedy) {
        return new Finding(check, Outcome.FAIL, detail, remedy);
    }

    /** Formats the finding as one line. */
    public String text() {
        return "%-4s  %s: %s%s".formatted(outcome.value(), check, detail, remedy.isEmpty() ? "" : " -> " + remedy);
    }
}
