package io.github.claudefleet.console;

/** What is still done when Maven is told to end. */
public enum ShutdownStep {
    TAKE_BACK("what has been begun is taken back"),
    STOP_FOLLOWING("agents are no longer followed"),
    END_FLEET("this build's agents are asked to end, and a refresh of the login that is under way is let finish");

    private final String words;

    ShutdownStep(String words) {
        this.words = words;
    }

    /** A clause. */
    String words() {
        return words;
    }
}
