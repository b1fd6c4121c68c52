package io.github.claudefleet.workspace;

import java.util.Collection;
import java.util.Locale;

/** Names of refs, which are files or directories in most repositories: one can't be both. */
final class RefNames {

    private RefNames() {}

    /** Whether two refs can't be there at once, on a disk that may take upper and lower case for one. */
    static boolean collide(String one, String other) {
        String a = one.toLowerCase(Locale.ROOT);
        String b = other.toLowerCase(Locale.ROOT);
        return a.equals(b) || a.startsWith(b + "/") || b.startsWith(a + "/");
    }

    /** Whether a ref can be made beside others. */
    static boolean isFree(String name, Collection<String> others) {
        return others.stream().noneMatch(other -> collide(name, other));
    }
}
