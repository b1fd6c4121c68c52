package io.github.claudefleet.host;

import io.github.claudefleet.spec.ContainerUser;
import io.github.claudefleet.spec.HomeDirectory;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** The person who runs Maven. */
public final class HostUser {

    private static final Optional<UserNumbers> SELF = UserNumbers.ofThisProcess();

    private HostUser() {}

    /** Whether it is root, whose files other users can be given. */
    public static boolean isRoot() {
        return SELF.filter(UserNumbers::isRoot).isPresent();
    }

    /**
     * The user of a fleet's containers for this person: the same user, so that nothing ends up owned by somebody else;
     * for root the person who called {@code sudo}; an ordinary one for root itself and where users have no numbers.
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

    /** Tells this person from the machine's others: a number where users have one. */
    public static String id() {
        return SELF.map(user -> String.valueOf(user.uid()))
                .orElseGet(() -> System.getProperty("user.name", "").replace(' ', '_'));
    }

    /** The person's home directory. */
    public static HomeDirectory home() {
        boolean windows = System.getProperty("os.name").toLowerCase(Locale.ROOT).startsWith("windows");
        return HomeDirectory.of(System.getenv(), System.getProperty("user.home"), windows);
    }
}
