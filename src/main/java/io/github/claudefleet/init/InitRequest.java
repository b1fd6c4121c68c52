package io.github.claudefleet.init;

import io.github.claudefleet.spec.AgentName;
import io.github.claudefleet.spec.InvalidSpecException;
import io.github.claudefleet.spec.LoginMode;
import java.util.Optional;

/**
 * Fleet that a user wants in a pom.
 *
 * @param prompt text of the prompt; empty for that of the purpose
 * @param promptFile file of the prompt, relative to the pom's directory; empty for the default
 * @param login way to log in; all but {@code provider}, whose variables differ from one provider to another
 * @param bound true if the goals are bound around the integration tests of a build
 */
public record InitRequest(
        Purpose purpose,
        AgentName agent,
        Optional<String> prompt,
        Optional<String> promptFile,
        LoginMode login,
        boolean bound) {

    private static final String FOLDER = "src/fleet/";
    /** Names that need no escape in XML and are files of the project on every system. */
    private static final String PLAIN_PATH = "(?!.*\\.\\.)[A-Za-z0-9_-][A-Za-z0-9._-]*(/[A-Za-z0-9_-][A-Za-z0-9._-]*)*";

    /** @throws InvalidSpecException if the values do not fit together */
    public InitRequest {
        if (login == LoginMode.PROVIDER || login == LoginMode.FEDERATION) {
            throw new InvalidSpecException(
                    "init.auth",
                    "can't be \"" + login.value() + "\", whose values init does not know",
                    "Use \"login\", and write <auth> as docs/configuration.md shows.");
        }
        if (purpose == Purpose.CUSTOM && prompt.isEmpty() && promptFile.isEmpty()) {
            throw new InvalidSpecException(
                    "init.prompt", "is missing", "Give the agent a prompt, or choose another purpose.");
        }
        if (!purpose.hasPrompt() && (prompt.isPresent() || promptFile.isPresent())) {
            throw new InvalidSpecException(
                    "init.prompt",
                    "is of no use for purpose \"tasks\"",
                    "Leave it out, and edit the files afterwards.");
        }
        promptFile.filter(file -> !file.matches(PLAIN_PATH)).ifPresent(file -> {
            throw new InvalidSpecException(
                    "init.promptFile",
                    "\"" + file + "\" is no plain path in the project",
                    "Use a relative path of letters, digits, dots, hyphens and slashes, such as src/fleet/reviewer.md.");
        });
    }

    /** Returns the path of the prompt, relative to the pom's directory. For tasks it is a folder. */
    public String promptPath() {
        return promptFile.orElseGet(() -> FOLDER + agent + (purpose.hasPrompt() ? ".md" : ""));
    }
}
