package io.github.claudefleet.workspace;

import java.util.Collection;
import java.util.Locale;

/** Names of refs. In most repositories these are files or directories, and a name can't be both. */
final class RefNames {

    private RefNames() {}

    /** Checks whether two refs exclude each other, on a file system that may ignore case. */
    static boolean collide(String one, String other) {
        String a = one.toLowerCase(Locale.ROOT);
        String b = other.toLowerCase(Locale.ROOT);
        return a.equals(b) || a.startsWith(b + "/") || b.startsWith(a + "/");
    }

    /** Checks whether a ref can be created beside others. */
    static boolean isFree(String name, Collection<String> others) {
        return others.stream().noneMatch(other -> collide(name, other));
    }
}
