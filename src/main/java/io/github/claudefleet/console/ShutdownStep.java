package io.github.claudefleet.console;

/** Action that is still completed when Maven is interrupted. */
public enum ShutdownStep {
    TAKE_BACK("what this goal started is rolled back"),
    STOP_FOLLOWING("agents are no longer followed"),
    END_FLEET("this build's agents are stopped, and a login refresh in progress is completed");

    private final String words;

    ShutdownStep(String words) {
        this.words = words;
    }

    /** Returns the action as a clause. */
    String words() {
        return words;
    }
}
