package io.github.claudefleet.docker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.claudefleet.spec.InvalidSpecException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EngineLocatorTest {

    /** {@code printf remote | sha256sum} */
    private static final String REMOTE = "b71199ebd070b36beab7317920c2c2f1d777df8d05e5527d8458fda57cb17a7a";

    private static final Optional<String> UNNAMED = Optional.empty();

    @TempDir
    private Path home;

    @Test
    void the_parameter_comes_before_everything_else() throws IOException {
        use("remote");

        assertThat(found(Map.of("DOCKER_HOST", "tcp://other:1", "DOCKER_CONTEXT", "gone"), Optional.of("unix:///a")))
                .containsExactly("unix:///a");
    }

    @Test
    void docker_host_comes_before_contexts() throws IOException {
        use("remote");

        assertThat(found(Map.of("DOCKER_HOST", "tcp://other:1", "DOCKER_CONTEXT", "gone"), UNNAMED))
                .containsExactly("tcp://other:1");
    }

    @Test
    void empty_settings_are_none() {
        assertThat(found(Map.of("DOCKER_HOST", " ", "DOCKER_CONTEXT", ""), Optional.of("  ")))
                .contains("unix:///var/run/docker.sock");
    }

    @Test
    void takes_the_context_that_the_environment_names() throws IOException {
        context(home.resolve(".docker"), REMOTE, "{\"Endpoints\":{\"docker\":{\"Host\":\"tcp://remote:7\"}}}");

        assertThat(found(Map.of("DOCKER_CONTEXT", "remote"), UNNAMED)).containsExactly("tcp://remote:7");
    }

    @Test
    void takes_the_current_context_of_the_command_lines_configuration() throws IOException {
        use("remote");
        context(home.resolve(".docker"), REMOTE, "{\"Endpoints\":{\"docker\":{\"Host\":\"unix:///remote.sock\"}}}");

        assertThat(found(Map.of(), UNNAMED)).containsExactly("unix:///remote.sock");
    }

    @Test
    void the_configuration_may_be_elsewhere(@TempDir Path elsewhere) throws IOException {
        context(elsewhere, REMOTE, "{\"Endpoints\":{\"docker\":{\"Host\":\"unix:///remote.sock\"}}}");

        assertThat(found(Map.of("DOCKER_CONFIG", elsewhere.toString(), "DOCKER_CONTEXT", "remote"), UNNAMED))
                .containsExactly("unix:///remote.sock");
    }

    @Test
    void a_contexts_certificates_are_found_when_they_are_complete() throws IOException {
        context(home.resolve(".docker"), REMOTE, "{\"Endpoints\":{\"docker\":{\"Host\":\"tcp://remote:7\"}}}");
        Path certificates = Files.createDirectories(
                home.resolve(".docker/contexts/tls").resolve(REMOTE).resolve("docker"));
        Files.writeString(certificates.resolve("ca.pem"), "");
        assertThatThrownBy(() -> found(Map.of("DOCKER_CONTEXT", "remote"), UNNAMED))
                .hasMessage("docker context \"remote\" asks for TLS, and " + certificates.resolve("cert.pem")
                        + " can't be read");
        Files.writeString(certificates.resolve("cert.pem"), "");
        Files.writeString(certificates.resolve("key.pem"), "");

        EngineLocator locator = new EngineLocator(Map.of("DOCKER_CONTEXT", "remote"), home, false);

        assertThat(locator.candidates(UNNAMED).get(0).certificates()).hasValue(certificates);
    }

    @Test
    void the_context_default_means_the_usual_sockets() throws IOException {
        use("default");

        assertThat(found(Map.of(), UNNAMED)).hasSizeGreaterThan(1);
        assertThat(found(Map.of("DOCKER_CONTEXT", "default"), UNNAMED)).hasSizeGreaterThan(1);
    }

    @Test
    void the_context_default_of_the_environment_comes_before_the_current_one() throws IOException {
        use("gone");

        assertThat(found(Map.of("DOCKER_CONTEXT", "default"), UNNAMED)).hasSizeGreaterThan(1);
    }

    @Test
    void a_context_that_does_not_exist_is_named() throws IOException {
        use("gone");

        assertThatThrownBy(() -> found(Map.of(), UNNAMED))
                .isInstanceOf(InvalidSpecException.class)
                .hasMessage("docker context \"gone\" does not exist in " + home.resolve(".docker"));
    }

    @Test
    void a_context_without_a_host_is_named() throws IOException {
        context(home.resolve(".docker"), REMOTE, "{\"Endpoints\":{}}");

        assertThatThrownBy(() -> found(Map.of("DOCKER_CONTEXT", "remote"), UNNAMED))
                .hasMessage("docker context \"remote\" names no Docker host");
    }

    @Test
    void a_contexts_host_that_is_no_address_is_named() throws IOException {
        context(home.resolve(".docker"), REMOTE, "{\"Endpoints\":{\"docker\":{\"Host\":\"ssh://remote\"}}}");

        assertThatThrownBy(() -> found(Map.of("DOCKER_CONTEXT", "remote"), UNNAMED))
                .hasMessageStartingWith("docker context \"remote\" \"ssh://remote\" is reached over SSH");
    }

    @Test
    void a_broken_configuration_is_named() throws IOException {
        Path file = Files.createDirectories(home.resolve(".docker")).resolve("config.json");
        Files.writeString(file, "{ \"currentContext\": ");

        assertThatThrownBy(() -> found(Map.of(), UNNAMED)).hasMessageStartingWith(file + " can't be read: ");
    }

    @Test
    void the_usual_sockets_come_in_their_order() {
        assertThat(found(Map.of("XDG_RUNTIME_DIR", "/run/user/1000"), UNNAMED))
                .containsExactly(
                        "unix:///var/run/docker.sock",
                        "unix:///run/user/1000/docker.sock",
                        "unix://" + home.resolve(".docker/run/docker.sock"),
                        "unix://" + home.resolve(".docker/desktop/docker.sock"),
                        "unix://" + home.resolve(".colima/default/docker.sock"),
                        "unix://" + home.resolve(".rd/docker.sock"),
                        "unix:///run/user/1000/podman/podman.sock",
                        "unix:///run/podman/podman.sock");
    }

    @Test
    void a_home_with_a_space_in_its_name_is_fine() {
        Path spacious = home.resolve("my home");

        EngineLocator locator = new EngineLocator(Map.of(), spacious, false);

        assertThat(locator.candidates(UNNAMED).get(1).socket()).hasValue(spacious.resolve(".docker/run/docker.sock"));
    }

    @Test
    void on_windows_it_is_the_named_pipe() {
        assertThat(new EngineLocator(Map.of(), home, true).candidates(UNNAMED))
                .extracting(EngineAddress::toString)
                .containsExactly("npipe:////./pipe/docker_engine");
    }

    @Test
    void tls_takes_the_named_certificates(@TempDir Path certificates) throws IOException {
        for (String file : List.of("ca.pem", "cert.pem", "key.pem")) {
            Files.writeString(certificates.resolve(file), "");
        }
        Map<String, String> environment = Map.of(
                "DOCKER_HOST", "tcp://host", "DOCKER_TLS_VERIFY", "1", "DOCKER_CERT_PATH", certificates.toString());

        EngineAddress address =
                new EngineLocator(environment, home, false).candidates(UNNAMED).get(0);

        assertThat(address.certificates()).hasValue(certificates);
    }

    @Test
    void tls_without_certificates_is_refused_instead_of_speaking_plainly() {
        assertThatThrownBy(() -> found(Map.of("DOCKER_HOST", "tcp://host", "DOCKER_TLS_VERIFY", "1"), UNNAMED))
                .isInstanceOf(InvalidSpecException.class)
                .hasMessage("DOCKER_TLS_VERIFY asks for TLS, and " + home.resolve(".docker/ca.pem") + " can't be read");
    }

    @Test
    void tls_is_no_matter_to_a_socket() {
        assertThat(found(Map.of("DOCKER_HOST", "unix:///a", "DOCKER_TLS_VERIFY", "1"), UNNAMED))
                .containsExactly("unix:///a");
    }

    private List<String> found(Map<String, String> environment, Optional<String> engine) {
        return new EngineLocator(environment, home, false)
                .candidates(engine).stream().map(EngineAddress::toString).toList();
    }

    private void use(String context) throws IOException {
        Path directory = Files.createDirectories(home.resolve(".docker"));
        Files.writeString(directory.resolve("config.json"), "{\"currentContext\":\"" + context + "\"}");
    }

    private static void context(Path configuration, String hash, String meta) throws IOException {
        Path directory =
                Files.createDirectories(configuration.resolve("contexts/meta").resolve(hash));
        Files.writeString(directory.resolve("meta.json"), meta);
    }
}
