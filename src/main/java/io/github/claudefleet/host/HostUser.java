package io.github.claudefleet.host;

import io.github.claudefleet.spec.ContainerUser;
import io.github.claudefleet.spec.HomeDirectory;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** User who runs Maven. */
public final class HostUser {

    private static final Optional<UserNumbers> SELF = UserNumbers.ofThisProcess();

    private HostUser() {}

    /** Checks whether this user is root, who can change the owner of files. */
    public static boolean isRoot() {
        return SELF.filter(UserNumbers::isRoot).isPresent();
    }

    /**
     * Returns the user of a fleet's containers: this user, so that no file gets another owner. For root it is the user
     * who called {@code sudo}. For root itself, and where users have no numbers, it is an ordinary user.
     */
    public static ContainerUser containerUser() {
        return containerUser(SELF, System.getenv());
    }

    static ContainerUser containerUser(Optional<UserNumbers> self, Map<String, String> environment) {
        return self.filter(user -> !user.isRoot())
                .or(() -> self.flatMap(root -> UserNumbers.ofSudo(environment)))
                .map(user -> new ContainerUser(user.uid(), user.gid()))
                .orElse(ContainerUser.FOR_ROOT);
    }

    /** Returns an id that distinguishes this user from others of the machine: a number if users have one. */
    public static String id() {
        return SELF.map(user -> String.valueOf(user.uid()))
                .orElseGet(() -> System.getProperty("user.name", "").replace(' ', '_'));
    }

    /** Returns the user's home directory. */
    public static HomeDirectory home() {
        boolean windows = System.getProperty("os.name").toLowerCase(Locale.ROOT).startsWith("windows");
        return HomeDirectory.of(System.getenv(), System.getProperty("user.home"), windows);
    }
}
