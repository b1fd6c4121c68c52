package io.github.claudefleet.workspace;

import io.github.claudefleet.spec.PathText;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * Changed files that later run something on the machine of whoever takes the changes, or that lead out of the
 * repository.
 */
final class AutoExecutedFiles {

    /** Files that tools read unasked: Maven, Gradle, shells, editors, git, Claude Code. */
    private static final Pattern READ_UNASKED = Pattern.compile(
            "(?:.*/)?(?:\\.mvn/.*|mvnw(?:\\.cmd)?|gradlew(?:\\.bat)?|gradle/wrapper/.*|\\.envrc|\\.husky/.*|\\.githooks/.*"
                    + "|\\.gitattributes|\\.gitmodules|\\.vscode/.*|\\.idea/.*|\\.devcontainer/.*|\\.claude/.*|\\.mcp\\.json"
                    + "|\\.pre-commit-config\\.yaml|\\.github/workflows/.*|\\.gitlab-ci\\.yml|Jenkinsfile)");

    private AutoExecutedFiles() {}

    /** Checks whether tools read a file of that name, relative to the repository's root, unasked. */
    static boolean isReadUnasked(String name) {
        return READ_UNASKED.matcher(name).matches();
    }

    static List<String> among(List<ChangedFile> files) {
        List<String> warnings = new ArrayList<>();
        for (ChangedFile file : files) {
            if (isReadUnasked(file.name())) {
                warnings.add("look at " + file.name() + " before you use it: tools run what it says");
            }
            file.link()
                    .filter(target -> leadsOut(file.name(), target))
                    .ifPresent(target ->
                            warnings.add(file.name() + " is a link that leads out of the repository: " + target));
        }
        return warnings;
    }

    /** The host may be another system than the agent's, so neither its paths nor its separator decide. */
    static boolean leadsOut(String name, String target) {
        if (PathText.isAbsolute(target)) {
            return true;
        }
        int depth = (int) name.chars().filter(letter -> letter == '/').count();
        for (String part : target.split("[/\\\\]")) {
            depth += part.equals("..") ? -1 : part.isEmpty() || part.equals(".") ? 0 : 1;
            if (depth < 0) {
                return true;
            }
        }
        return false;
    }
}
