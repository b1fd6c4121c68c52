package io.github.claudefleet.engine;

/** Which user of the engine's machine a container's user is, for the files of that machine. */
public enum UserMapping {
    /** The one of the same number. */
    SAME(false, ""),
    /** The one of the same number, on an engine without root that is asked for just that. */
    KEPT(false, "rootless, with your own user kept"),
    /** On an engine without root, another one than the person, who is the containers' root alone. */
    ROOTLESS(true, "rootless"),
    /** Another one on purpose, so that no user of a container is one of the machine's. */
    REMAPPED(true, "set up with userns-remap");

    private final boolean another;
    private final String words;

    UserMapping(boolean another, String words) {
        this.another = another;
        this.words = words;
    }

    /** Whether it is another user than the number says, to whom the person's files are closed. */
    public boolean isAnother() {
        return another;
    }

    /** What such an engine is; empty where there is nothing to say. */
    public String words() {
        return words;
    }
}
