package io.github.claudefleet.engine;

/** Mapping of container users to users of the engine's host, which decides on access to the host's files. */
public enum UserMapping {
    /** User with the same uid. */
    SAME(false, ""),
    /** User with the same uid, on a rootless engine (Podman) that is requested to keep it. */
    KEPT(false, "rootless, with your own user kept"),
    /** Different user, on a rootless engine, where the person's own uid is mapped only to the containers' root. */
    ROOTLESS(true, "rootless"),
    /** Different user by configuration (userns-remap), so that no container user is a user of the host. */
    REMAPPED(true, "set up with userns-remap");

    private final boolean another;
    private final String words;

    UserMapping(boolean another, String words) {
        this.another = another;
        this.words = words;
    }

    /** Returns true if the host's user has another uid, so that the person's files are inaccessible to it. */
    public boolean isAnother() {
        return another;
    }

    /** Returns a description of such an engine; empty if there is nothing to report. */
    public String words() {
        return words;
    }
}
