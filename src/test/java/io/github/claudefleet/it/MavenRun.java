package io.github.claudefleet.it;

/**
 * Result of a finished Maven.
 *
 * @param exitCode Maven's exit status
 * @param output standard output and standard error, interleaved
 */
public record MavenRun(int exitCode, String output) {

    /** Checks that Maven succeeded; returns this object. */
    public MavenRun succeeded() {
        if (exitCode != 0) {
            throw new AssertionError("Maven ended with " + exitCode + ":\n" + output);
        }
        return this;
    }

    /** Checks that Maven failed; returns this object. */
    public MavenRun failed() {
        if (exitCode == 0) {
            throw new AssertionError("Maven succeeded:\n" + output);
        }
        return this;
    }

    /**
     * Checks that Maven failed with a plain message, without a stack trace or an internal error; returns this object.
     */
    public MavenRun failedPlainly() {
        return failed().says("BUILD FAILURE")
                .saysNot("\tat ")
                .saysNot("NullPointerException")
                .saysNot("PluginExecutionException")
                .saysNot("Internal error");
    }

    /** Checks that the output contains the text; returns this object. */
    public MavenRun says(String text) {
        if (!output.contains(text)) {
            throw new AssertionError("Maven did not say \"" + text + "\":\n" + output);
        }
        return this;
    }

    /** Checks that the output does not contain the text; returns this object. */
    public MavenRun saysNot(String text) {
        if (output.contains(text)) {
            throw new AssertionError("Maven said \"" + text + "\":\n" + output);
        }
        return this;
    }
}
