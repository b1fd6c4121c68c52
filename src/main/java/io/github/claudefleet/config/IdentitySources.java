package io.github.claudefleet.config;

import io.github.claudefleet.claude.ClaudeEnvironment;
import io.github.claudefleet.spec.FileProblem;
import io.github.claudefleet.spec.IdentitySource;
import io.github.claudefleet.spec.InvalidSpecException;
import io.github.claudefleet.spec.PathText;
import io.github.claudefleet.spec.Secret;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/**
 * Finds the origin of a workload's identity token: the file or variable that the pom names, or else what the CI system
 * offers.
 */
final class IdentitySources {

    private static final String GITHUB_URL = "ACTIONS_ID_TOKEN_REQUEST_URL";
    private static final String GITHUB_TOKEN = ClaudeEnvironment.JOB_TOKEN;
    /** Limit of the service for an identity token is 16 KiB; a longer file is none. */
    private static final long MOST_BYTES = 64L << 10;

    private final ConfigurationContext configurationContext;
    private final Map<String, String> environment;

    IdentitySources(ConfigurationContext configurationContext) {
        this.configurationContext = configurationContext;
        this.environment = configurationContext.environment();
    }

    /**
     * @param env name of a variable from the pom; null if it names none
     * @param file path from the pom; null if it names none
     * @param audience audience to request from GitHub
     */
    IdentitySource find(String env, String file, String audience) {
        if (env != null && file != null) {
            throw new InvalidSpecException(
                    "auth.mode",
                    "is federation, but auth.env and auth.file both say where the identity token is",
                    "Set one of them.");
        }
        if (file != null) {
            return file("auth.file", file);
        }
        return env != null ? variable("auth.env", env) : offered(audience);
    }

    /** GitHub's endpoint comes first, because it gives a new token whenever one is needed. */
    private IdentitySource offered(String audience) {
        Optional<String> url = value(GITHUB_URL);
        if (url.isPresent()) {
            return endpoint(url.get(), audience);
        }
        return value(ClaudeEnvironment.IDENTITY_TOKEN_FILE)
                .map(path -> file(ClaudeEnvironment.IDENTITY_TOKEN_FILE, path))
                .or(() -> value(ClaudeEnvironment.IDENTITY_TOKEN)
                        .map(token -> variable("auth.env", ClaudeEnvironment.IDENTITY_TOKEN)))
                .orElseThrow(this::nothing);
    }

    private InvalidSpecException nothing() {
        if (value("GITHUB_ACTIONS").isPresent()) {
            return new InvalidSpecException(
                    "auth.mode",
                    "is federation, but GitHub gives this job no identity token (" + GITHUB_URL + " is not set)",
                    "Add permissions: id-token: write to the job (with contents: read, which is no longer implied). A"
                            + " workflow for a pull request from a fork gets none. In a container that the job starts"
                            + " itself, hand in " + GITHUB_URL + " and " + GITHUB_TOKEN + ".");
        }
        if (value("GITLAB_CI").isPresent()) {
            return new InvalidSpecException(
                    "auth.mode",
                    "is federation, but nothing says where the identity token is",
                    "Add id_tokens to the GitLab job (for example CLAUDE_ID_TOKEN with its aud), and set auth.env to"
                            + " that name.");
        }
        return new InvalidSpecException(
                "auth.mode",
                "is federation, but nothing says where the identity token is",
                "Set auth.file or auth.env, or the variable " + ClaudeEnvironment.IDENTITY_TOKEN_FILE
                        + " where Maven is started.");
    }

    private IdentitySource endpoint(String url, String audience) {
        String token = value(GITHUB_TOKEN)
                .orElseThrow(() -> new InvalidSpecException(
                        "auth.mode",
                        "is federation, and " + GITHUB_URL + " is set, but not " + GITHUB_TOKEN,
                        "Hand both to the process that starts Maven."));
        if (!url.matches("https?://[\\x21-\\x7e&&[^\"\\\\]]+")) {
            throw new InvalidSpecException(
                    "auth.mode",
                    "is federation, but " + GITHUB_URL + " is no address",
                    "Leave the variable as GitHub's runner sets it.");
        }
        String request = url + (url.contains("?") ? "&" : "?") + "audience="
                + URLEncoder.encode(audience, StandardCharsets.UTF_8);
        return new IdentitySource.GitHubEndpoint(request, Secret.of(token));
    }

    private IdentitySource variable(String parameter, String name) {
        String token = value(name)
                .orElseThrow(() -> new InvalidSpecException(
                        parameter,
                        "names the environment variable " + name + ", which is "
                                + (environment.containsKey(name) ? "empty" : "not set"),
                        "Set it where Maven is started (GitLab: id_tokens of the job), or name another."));
        return new IdentitySource.TokenVariable(name, Secret.of(token));
    }

    private IdentitySource file(String parameter, String name) {
        Path file = PathText.resolve(configurationContext.baseDirectory(), name)
                .toAbsolutePath()
                .normalize();
        try {
            if (Files.size(file) > MOST_BYTES) {
                throw new InvalidSpecException(
                        parameter, file + " is larger than any identity token", "Name a file with the token alone.");
            }
            // Drops line ends, a byte order mark and, in a file of PowerShell, zero bytes: a token has none of these.
            String content = Files.readString(file, StandardCharsets.ISO_8859_1).replaceAll("[^\\x21-\\x7e]", "");
            if (content.isEmpty()) {
                throw new InvalidSpecException(
                        parameter, file + " is empty", "Have the identity token written into it before the build.");
            }
            return new IdentitySource.TokenFile(file, Secret.of(content));
        } catch (IOException e) {
            throw new InvalidSpecException(
                    parameter,
                    file + " can't be read (" + FileProblem.of(e) + ")",
                    "Name the file into which the identity token is written.");
        }
    }

    private Optional<String> value(String name) {
        return Optional.ofNullable(environment.get(name)).map(String::strip).filter(text -> !text.isEmpty());
    }
}
