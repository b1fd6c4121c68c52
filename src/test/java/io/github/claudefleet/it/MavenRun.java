package io.github.claudefleet.it;

/**
 * How a run of Maven ended.
 *
 * @param exitCode Maven's exit status
 * @param output standard output and standard error as they came
 */
public record MavenRun(int exitCode, String output) {

    /** Itself, when Maven succeeded. */
    public MavenRun succeeded() {
        if (exitCode != 0) {
            throw new AssertionError("Maven ended with " + exitCode + ":\n" + output);
        }
        return this;
    }

    /** Itself, when Maven failed. */
    public MavenRun failed() {
        if (exitCode == 0) {
            throw new AssertionError("Maven succeeded:\n" + output);
        }
        return this;
    }

    /** Itself, when Maven failed and said so in words, without a stack trace or a fault of its own. */
    public MavenRun failedPlainly() {
        return failed().says("BUILD FAILURE")
                .saysNot("\tat ")
                .saysNot("NullPointerException")
                .saysNot("PluginExecutionException")
                .saysNot("Internal error");
    }

    /** Itself, when the output has the text. */
    public MavenRun says(String text) {
        if (!output.contains(text)) {
            throw new AssertionError("Maven did not say \"" + text + "\":\n" + output);
        }
        return this;
    }

    /** Itself, when the output lacks the text. */
    public MavenRun saysNot(String text) {
        if (output.contains(text)) {
            throw new AssertionError("Maven said \"" + text + "\":\n" + output);
        }
        return this;
    }
}
