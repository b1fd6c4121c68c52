package io.github.claudefleet.mojo;

import java.util.regex.Pattern;

/**
 * Names of Maven's phases. Maven 4 has {@code before:integration-test} for {@code pre-integration-test}, and a priority
 * after a name.
 */
final class Phase {

    static final String PRE_INTEGRATION_TEST = "pre-integration-test";

    private static final Pattern PRIORITY = Pattern.compile("\\[-?\\d+]$");

    private Phase() {}

    /** Returns the phase's name in Maven 3. */
    static String of(String name) {
        String phase = PRIORITY.matcher(name).replaceFirst("");
        if (phase.equals("before:integration-test")) {
            return PRE_INTEGRATION_TEST;
        }
        if (phase.equals("after:integration-test")) {
            return "post-integration-test";
        }
        return phase.replaceFirst("^(before|at|after):", "");
    }
}
