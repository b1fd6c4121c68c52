package io.github.claudefleet.workspace;

import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * Variables of the user's environment that configure their git: settings, credentials, identity. Variables that select
 * a repository or an index are left out: if Maven runs in a git hook, git has set them, but not for the project.
 */
final class PersonGitEnvironment {

    private static final Pattern KEPT = Pattern.compile(
            "GIT_(?:CONFIG_(?:COUNT|KEY_\\d+|VALUE_\\d+|PARAMETERS|GLOBAL|SYSTEM|NOSYSTEM)"
                    + "|ASKPASS|SSH(?:_COMMAND|_VARIANT)?|(?:AUTHOR|COMMITTER)_(?:NAME|EMAIL|DATE)"
                    + "|(?:SSL|HTTP|PROXY|CURL)_.*|ALLOW_PROTOCOL|EXEC_PATH|CEILING_DIRECTORIES|DISCOVERY_ACROSS_FILESYSTEM)");

    private PersonGitEnvironment() {}

    static Map<String, String> of(Map<String, String> environment) {
        Map<String, String> kept = new TreeMap<>(environment);
        kept.keySet().removeIf(name -> !KEPT.matcher(name).matches());
        return kept;
    }
}
