package io.github.claudefleet.mojo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.claudefleet.spec.InvalidSpecException;
import io.github.claudefleet.spec.Secret;
import java.util.List;
import org.apache.maven.settings.Proxy;
import org.apache.maven.settings.Server;
import org.apache.maven.settings.Settings;
import org.apache.maven.settings.building.DefaultSettingsProblem;
import org.apache.maven.settings.building.SettingsProblem;
import org.apache.maven.settings.building.SettingsProblem.Severity;
import org.apache.maven.settings.crypto.SettingsDecrypter;
import org.apache.maven.settings.crypto.SettingsDecryptionRequest;
import org.apache.maven.settings.crypto.SettingsDecryptionResult;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

class ServerCredentialsTest {

    /** Decrypts by removing the braces, and reports a problem for values without them. */
    private static final SettingsDecrypter DECRYPTER = request -> new Decrypted(request);

    @Test
    void aServersPasswordIsDecrypted() {
        assertThat(credentials("{hush}").password("anthropic")).contains(Secret.of("hush"));
    }

    @Test
    void aServerThatIsNotThereHasNoPassword() {
        assertThat(credentials("{hush}").password("other")).isEmpty();
    }

    @ParameterizedTest
    @NullSource
    @ValueSource(strings = {"", "{}", "{ }"})
    void aServerWithoutAPasswordHasNone(String password) {
        assertThat(credentials(password).password("anthropic")).isEmpty();
    }

    @Test
    void aPasswordThatCannotBeDecryptedIsSaidAndNotShown() {
        assertThatThrownBy(() -> credentials("{broken: hush}").password("anthropic"))
                .isInstanceOf(InvalidSpecException.class)
                .hasMessageStartingWith("auth.serverId \"anthropic\" has a password that can't be decrypted")
                .hasMessageNotContaining("hush");
    }

    @Test
    void aWarningOfTheDecrypterIsNoReasonToStop() {
        assertThat(credentials("{warned}").password("anthropic")).contains(Secret.of("warned"));
    }

    private static ServerCredentials credentials(String password) {
        Server server = new Server();
        server.setId("anthropic");
        server.setPassword(password);
        Settings settings = new Settings();
        settings.addServer(server);
        return new ServerCredentials(settings, DECRYPTER);
    }

    /** Result of decryption for one server. */
    private record Decrypted(SettingsDecryptionRequest request) implements SettingsDecryptionResult {

        @Override
        public Server getServer() {
            Server server = request.getServers().get(0).clone();
            server.setPassword(
                    server.getPassword() == null ? null : server.getPassword().replaceAll("[{}]", ""));
            return server;
        }

        @Override
        public List<Server> getServers() {
            return List.of(getServer());
        }

        @Override
        public Proxy getProxy() {
            return null;
        }

        @Override
        public List<Proxy> getProxies() {
            return List.of();
        }

        @Override
        public List<SettingsProblem> getProblems() {
            String password = String.valueOf(request.getServers().get(0).getPassword());
            if (password.startsWith("{broken")) {
                return List.of(problem(Severity.ERROR));
            }
            return password.equals("{warned}") ? List.of(problem(Severity.WARNING)) : List.of();
        }

        private static SettingsProblem problem(Severity severity) {
            return new DefaultSettingsProblem("no master password", severity, "settings.xml", -1, -1, null);
        }
    }
}
