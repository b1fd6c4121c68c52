package io.github.claudefleet.config;

import io.github.claudefleet.spec.FileProblem;
import io.github.claudefleet.spec.InvalidSpecException;
import io.github.claudefleet.spec.LoginMode;
import io.github.claudefleet.spec.LoginSpec.Credential;
import io.github.claudefleet.spec.PathText;
import io.github.claudefleet.spec.Secret;
import io.github.claudefleet.spec.TextFile;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Objects;
import java.util.stream.Stream;

/** Reads a token or key from the one source that the configuration names, never from the pom itself. */
final class CredentialSources {

    private static final String PLACES =
            "auth.serverId (a <server> in settings.xml, whose <password> it is), auth.env (an"
                    + " environment variable's name) or auth.file (a path)";

    private final ConfigurationContext configurationContext;

    CredentialSources(ConfigurationContext configurationContext) {
        this.configurationContext = configurationContext;
    }

    Credential find(String serverId, String env, String file, LoginMode mode) {
        long named = Stream.of(serverId, env, file).filter(Objects::nonNull).count();
        if (named != 1) {
            throw new InvalidSpecException(
                    "auth.mode",
                    "is " + mode.value() + ", but " + (named == 0 ? "nothing says" : "more than one parameter says")
                            + " where the credential is",
                    "Set one of " + PLACES + ".");
        }
        if (serverId != null) {
            return fromServer(serverId);
        }
        return env != null ? fromEnvironment(env) : fromFile(file);
    }

    private Credential fromServer(String id) {
        Secret secret = configurationContext
                .servers()
                .apply(id)
                .orElseThrow(() -> new InvalidSpecException(
                        "auth.serverId",
                        "\"" + id + "\" is not a <server> with a <password> in settings.xml",
                        "Add <server><id>" + id + "</id><password>…</password></server> to its <servers>."));
        return new Credential(secret, "server \"" + id + "\" in settings.xml");
    }

    private Credential fromEnvironment(String name) {
        String value = configurationContext.environment().get(name);
        if (value == null || value.isBlank()) {
            throw new InvalidSpecException(
                    "auth.env",
                    "names the environment variable " + name + ", which is " + (value == null ? "not set" : "empty"),
                    "Set it where Maven is started, or name another.");
        }
        return new Credential(Secret.of(value), "environment variable " + name);
    }

    private Credential fromFile(String name) {
        Path file = PathText.resolve(configurationContext.baseDirectory(), name);
        try {
            String content = TextFile.read(file);
            if (content.isBlank()) {
                throw new InvalidSpecException("auth.file", file + " is empty", "Put the credential into it.");
            }
            return new Credential(Secret.of(content), "file " + file);
        } catch (IOException e) {
            throw new InvalidSpecException(
                    "auth.file",
                    file + " can't be read (" + FileProblem.of(e) + ")",
                    "Name a file that holds the credential alone.");
        }
    }
}
