package io.github.claudefleet.tasksource;

/**
 * Failure or error of one test.
 *
 * @param type full name of the test's class
 * @param test name of the test; empty if the class itself fails
 * @param message message of the exception, may be empty
 * @param stack stack trace, may be empty
 */
record TestFailure(String type, String test, String message, String stack) {

    /** Returns the class whose source has the test. */
    String topLevelClass() {
        int nested = type.indexOf('$');
        return nested < 0 ? type : type.substring(0, nested);
    }
}
