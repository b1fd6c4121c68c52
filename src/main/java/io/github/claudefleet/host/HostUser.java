package io.github.claudefleet.host;

import com.sun.security.auth.module.UnixSystem;
import io.github.claudefleet.spec.ContainerUser;
import java.util.Optional;

/** The person who runs Maven. */
public final class HostUser {

    private HostUser() {}

    /** Whether it is root, whose files other users can be given. */
    public static boolean isRoot() {
        return uid().equals(Optional.of(0L));
    }

    /**
     * Who a fleet's containers run as for this person: the same user, so that nothing ends up owned by somebody else;
     * for root, and where users have no numbers, an ordinary one.
     */
    public static ContainerUser containerUser() {
        if (isRoot() || uid().isEmpty()) {
            return ContainerUser.FOR_ROOT;
        }
        UnixSystem system = new UnixSystem();
        return new ContainerUser((int) system.getUid(), (int) system.getGid());
    }

    /** What tells this person from the machine's others: a number where users have one. */
    public static String id() {
        return uid().map(String::valueOf)
                .orElseGet(() -> System.getProperty("user.name", "").replace(' ', '_'));
    }

    private static Optional<Long> uid() {
        try {
            return Optional.of(new UnixSystem().getUid());
        } catch (UnsatisfiedLinkError e) {
            return Optional.empty();
        }
    }
}
