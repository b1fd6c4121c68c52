package io.github.claudefleet.config;

import io.github.claudefleet.spec.Durations;
import io.github.claudefleet.spec.InvalidSpecException;
import io.github.claudefleet.spec.LoginMode;
import io.github.claudefleet.spec.LoginSpec;
import io.github.claudefleet.spec.Sharing;
import java.nio.file.Path;
import java.util.Optional;

/** {@code <auth>}: how the fleet logs in. */
public class AuthConfiguration {

    private String mode;
    private String directory;
    private String serverId;
    private String env;
    private String file;
    private String timeout;
    private String pollInterval;
    private String remember;

    void fillFrom(PropertySource properties) {
        mode = properties.or(mode, "auth.mode");
        directory = properties.or(directory, "auth.directory");
        serverId = properties.or(serverId, "auth.serverId");
        env = properties.or(env, "auth.env");
        file = properties.or(file, "auth.file");
        timeout = properties.or(timeout, "auth.timeout");
        pollInterval = properties.or(pollInterval, "auth.pollInterval");
        remember = properties.or(remember, "auth.remember");
    }

    LoginSpec toSpec(Surroundings surroundings, Sharing sharing) {
        LoginMode loginMode = LoginMode.of(mode == null ? "login" : mode);
        return new LoginSpec(
                loginMode,
                directoryIn(surroundings),
                credential(loginMode, surroundings),
                sharing,
                Durations.parse("auth.timeout", timeout == null ? "5m" : timeout),
                Durations.parse("auth.pollInterval", pollInterval == null ? "5s" : pollInterval),
                Durations.parse("auth.remember", remember == null ? "15m" : remember));
    }

    private Path directoryIn(Surroundings surroundings) {
        if (directory == null) {
            return surroundings.home().resolve(".claude-fleet").resolve("login");
        }
        if (directory.isBlank()) {
            throw new InvalidSpecException(
                    "auth.directory", "is empty", "Name a directory for the login, or leave it out.");
        }
        boolean fromHome = directory.equals("~") || directory.startsWith("~/");
        Path path = fromHome
                ? Path.of(surroundings.home() + directory.substring(1))
                : surroundings.baseDirectory().resolve(directory);
        return path.toAbsolutePath().normalize();
    }

    private Optional<LoginSpec.Credential> credential(LoginMode loginMode, Surroundings surroundings) {
        return loginMode == LoginMode.LOGIN
                ? Optional.empty()
                : Optional.of(new CredentialSources(surroundings).find(serverId, env, file, loginMode));
    }
}
