package io.github.claudefleet.workspace;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Settings of the user's git that workspaces depend on, read by one git process.
 *
 * @param likeThePersons settings for line endings, file modes and ignored files
 * @param isSparse true for a sparse checkout
 * @param isCone true if its patterns are directories (cone mode)
 * @param promisors remotes that have promised the objects a partial clone lacks
 */
record PersonGitSettings(
        SortedMap<String, String> likeThePersons, boolean isSparse, boolean isCone, List<String> promisors) {

    /** Settings taken from the user. With other line endings or file modes, each file would look changed. */
    private static final Map<String, String> LIKE_THE_PERSONS = Map.of(
            "core.autocrlf", "core.autocrlf",
            "core.eol", "core.eol",
            "core.filemode", "core.filemode",
            "core.symlinks", "core.symlinks",
            "core.ignorecase", "core.ignorecase",
            "core.excludesfile", "core.excludesFile");

    private static final String SPARSE = "core.sparsecheckout";
    private static final String CONE = "core.sparsecheckoutcone";
    private static final String PROMISOR = ".promisor";

    /** Reads the settings from git. */
    static PersonGitSettings of(Git git) {
        List<String> names = new ArrayList<>(LIKE_THE_PERSONS.keySet());
        names.addAll(List.of(SPARSE, CONE));
        String pattern = "^(" + String.join("|", names).replace(".", "\\.") + "|remote\\..*\\.promisor)$";
        SortedMap<String, String> like = new TreeMap<>();
        Map<String, String> others = new TreeMap<>();
        List<String> promisors = new ArrayList<>();
        for (String setting : git.attempt(new byte[0], "config", "-z", "--type=path", "--get-regexp", pattern)
                .parts()) {
            int end = setting.indexOf('\n');
            String name = end < 0 ? setting : setting.substring(0, end);
            // A name without a value means true in git; the last of several values counts.
            String value = end < 0 ? "true" : setting.substring(end + 1);
            if (LIKE_THE_PERSONS.containsKey(name)) {
                like.put(LIKE_THE_PERSONS.get(name), value);
            } else if (name.endsWith(PROMISOR)) {
                promisors.add(name.substring("remote.".length(), name.length() - PROMISOR.length()));
            } else {
                others.put(name, value);
            }
        }
        return new PersonGitSettings(
                like, isTrue(others.get(SPARSE)), isTrue(others.get(CONE)), List.copyOf(promisors));
    }

    /** Checks whether git takes a value for true: a keyword, or a number other than 0. */
    private static boolean isTrue(String value) {
        String word = Optional.ofNullable(value).orElse("").toLowerCase(Locale.ROOT);
        return List.of("true", "yes", "on").contains(word) || word.matches("[-+]?0*[1-9][0-9]*[kmg]?");
    }
}
