package io.github.claudefleet.mojo;

import io.github.claudefleet.spec.InvalidSpecException;
import io.github.claudefleet.spec.Secret;
import java.util.Optional;
import org.apache.maven.settings.Server;
import org.apache.maven.settings.Settings;
import org.apache.maven.settings.building.SettingsProblem;
import org.apache.maven.settings.crypto.DefaultSettingsDecryptionRequest;
import org.apache.maven.settings.crypto.SettingsDecrypter;
import org.apache.maven.settings.crypto.SettingsDecryptionResult;

/** Passwords of settings.xml, decrypted by Maven. */
record ServerCredentials(Settings settings, SettingsDecrypter decrypter) {

    /**
     * Returns the password of a server; empty if there is no such server or it has none.
     *
     * @throws InvalidSpecException if it can't be decrypted
     */
    Optional<Secret> password(String id) {
        return Optional.ofNullable(settings.getServer(id))
                .map(server -> decrypt("auth.serverId", server))
                .map(Server::getPassword)
                .filter(password -> !password.isBlank())
                .map(Secret::of);
    }

    /**
     * Returns a server with its decrypted password; empty if there is no such server.
     *
     * @throws InvalidSpecException if it can't be decrypted
     */
    Optional<Server> server(String id) {
        return Optional.ofNullable(settings.getServer(id)).map(server -> decrypt("java.settings", server));
    }

    private Server decrypt(String parameter, Server server) {
        SettingsDecryptionResult result = decrypter.decrypt(new DefaultSettingsDecryptionRequest(server));
        for (SettingsProblem problem : result.getProblems()) {
            if (problem.getSeverity() != SettingsProblem.Severity.WARNING) {
                throw new InvalidSpecException(
                        parameter,
                        "\"" + server.getId() + "\" has a password that can't be decrypted (" + problem.getMessage()
                                + ")",
                        "Encrypt it again with mvn --encrypt-password, or check settings-security.xml.");
            }
        }
        return result.getServer();
    }
}
