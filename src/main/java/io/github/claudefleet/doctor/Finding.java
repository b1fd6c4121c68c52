package io.github.claudefleet.doctor;

/**
 * What one check found.
 *
 * @param check what was looked at, such as {@code login directory}
 * @param outcome how it is
 * @param detail what was seen
 * @param remedy what to do, a command where there is one; empty where nothing is to be done
 */
public record Finding(String check, Outcome outcome, String detail, String remedy) {

    /** How it is, from good to bad. */
    public enum Outcome {
        PASS("pass"),
        /** It could not be looked at, because something that it needs is not there. */
        SKIPPED("skip"),
        /** The fleet works, or may work, but not as it should. */
        WARN("warn"),
        /** The fleet can't work. */
        FAIL("FAIL");

        private final String value;

        Outcome(String value) {
            this.value = value;
        }

        /** The word that the report uses. */
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

    /** The finding on a line. */
    public String text() {
        return "%-4s  %s: %s%s".formatted(outcome.value(), check, detail, remedy.isEmpty() ? "" : " -> " + remedy);
    }
}
