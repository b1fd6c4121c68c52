package io.github.claudefleet.results;

import java.util.Arrays;
import java.util.Optional;

/** Severity of a finding, the worst first, with its names in other formats. */
enum FindingSeverity {
    ERROR("error", "major", "error"),
    WARNING("warning", "minor", "warning"),
    NOTE("note", "info", "notice");

    private final String value;
    private final String codeQuality;
    private final String command;

    FindingSeverity(String value, String codeQuality, String command) {
        this.value = value;
        this.codeQuality = codeQuality;
        this.command = command;
    }

    static Optional<FindingSeverity> of(String value) {
        return Arrays.stream(values()).filter(one -> one.value.equals(value)).findFirst();
    }

    /** Returns the value in an answer, which is SARIF's level as well. */
    String value() {
        return value;
    }

    /** Returns the severity of GitLab's code quality reports. */
    String codeQuality() {
        return codeQuality;
    }

    /** Returns the workflow command of GitHub. */
    String command() {
        return command;
    }
}
