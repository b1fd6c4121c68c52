package io.github.claudefleet.workspace;

import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/** Names of refs. In most repositories these are files or directories, and a name can't be both. */
final class RefNames {

    /** Prefix of agents' branches. */
    static final String BRANCHES = "claude-fleet/";

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

    /**
     * Returns the name of an agent's branch with a number. If a branch is named like one of its directories, that
     * directory gets the number.
     */
    static String beside(String branch, int number, List<String> all) {
        boolean blocked = all.stream().anyMatch(one -> one.length() < branch.length() && collide(one, branch));
        return blocked ? "claude-fleet@" + number + "/" + branch.substring(BRANCHES.length()) : branch + "@" + number;
    }

    /** Checks whether a branch is a numbered one beside an agent's. */
    static boolean isNumbered(String branch, String beside) {
        String rest = beside.substring(BRANCHES.length());
        return branch.matches(Pattern.quote(beside) + "@\\d+")
                || branch.matches("claude-fleet@\\d+/" + Pattern.quote(rest));
    }
}
