package io.github.claudefleet.docker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.claudefleet.ci.CiExample;
import io.github.claudefleet.docs.ProjectFiles;
import io.github.claudefleet.spec.HomeDirectory;
import io.github.claudefleet.spec.InvalidSpecException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EngineLocatorTest {

    /** {@code printf remote | sha256sum} */
    private static final String REMOTE = "b71199ebd070b36beab7317920c2c2f1d777df8d05e5527d8458fda57cb17a7a";

    private static final Optional<String> UNNAMED = Optional.empty();

    private final List<String> warnings = new ArrayList<>();

    @TempDir
    private Path home;

    @Test
    void theParameterComesBeforeEverythingElse() throws IOException {
        use("remote");

        assertThat(found(Map.of("DOCKER_HOST", "tcp://other:1", "DOCKER_CONTEXT", "gone"), Optional.of("unix:///a")))
                .containsExactly("unix:///a");
    }

    @Test
    void dockerHostComesBeforeContexts() throws IOException {
        use("remote");

        assertThat(found(Map.of("DOCKER_HOST", "tcp://other:1", "DOCKER_CONTEXT", "gone"), UNNAMED))
                .containsExactly("tcp://other:1");
    }

    @Test
    void emptySettingsAreNone() {
        assertThat(found(Map.of("DOCKER_HOST", " ", "DOCKER_CONTEXT", ""), Optional.of("  ")))
                .contains("unix:///var/run/docker.sock");
    }

    @Test
    void takesTheContextThatTheEnvironmentNames() throws IOException {
        context(home.resolve(".docker"), REMOTE, "{\"Endpoints\":{\"docker\":{\"Host\":\"tcp://remote:7\"}}}");

        assertThat(found(Map.of("DOCKER_CONTEXT", "remote"), UNNAMED)).containsExactly("tcp://remote:7");
    }

    @Test
    void takesTheCurrentContextOfTheCommandLinesConfiguration() throws IOException {
        use("remote");
        context(home.resolve(".docker"), REMOTE, "{\"Endpoints\":{\"docker\":{\"Host\":\"unix:///remote.sock\"}}}");

        assertThat(found(Map.of(), UNNAMED)).containsExactly("unix:///remote.sock");
    }

    @Test
    void theConfigurationMayBeElsewhere(@TempDir Path elsewhere) throws IOException {
        context(elsewhere, REMOTE, "{\"Endpoints\":{\"docker\":{\"Host\":\"unix:///remote.sock\"}}}");

        assertThat(found(Map.of("DOCKER_CONFIG", elsewhere.toString(), "DOCKER_CONTEXT", "remote"), UNNAMED))
                .containsExactly("unix:///remote.sock");
    }

    @Test
    void aContextsCertificatesAreFoundWhenTheyAreComplete() throws IOException {
        context(home.resolve(".docker"), REMOTE, "{\"Endpoints\":{\"docker\":{\"Host\":\"tcp://remote:7\"}}}");
        Path certificates = Files.createDirectories(
                home.resolve(".docker/contexts/tls").resolve(REMOTE).resolve("docker"));
        Files.writeString(certificates.resolve("ca.pem"), "");
        assertThatThrownBy(() -> found(Map.of("DOCKER_CONTEXT", "remote"), UNNAMED))
                .hasMessage("docker context \"remote\" asks for TLS, and " + certificates.resolve("cert.pem")
                        + " can't be read");
        Files.writeString(certificates.resolve("cert.pem"), "");
        Files.writeString(certificates.resolve("key.pem"), "");

        EngineLocator locator = locator(Map.of("DOCKER_CONTEXT", "remote"), home, false);

        assertThat(locator.candidates(UNNAMED).get(0).certificates()).hasValue(certificates);
    }

    @Test
    void theContextDefaultMeansTheUsualSockets() throws IOException {
        use("default");

        assertThat(found(Map.of(), UNNAMED)).hasSizeGreaterThan(1);
        assertThat(found(Map.of("DOCKER_CONTEXT", "default"), UNNAMED)).hasSizeGreaterThan(1);
    }

    @Test
    void theContextDefaultOfTheEnvironmentComesBeforeTheCurrentOne() throws IOException {
        use("gone");

        assertThat(found(Map.of("DOCKER_CONTEXT", "default"), UNNAMED)).hasSizeGreaterThan(1);
    }

    @Test
    void aContextThatDoesNotExistIsNamed() throws IOException {
        use("gone");

        assertThatThrownBy(() -> found(Map.of(), UNNAMED))
                .isInstanceOf(InvalidSpecException.class)
                .hasMessage("docker context \"gone\" does not exist in " + home.resolve(".docker"));
    }

    @Test
    void aContextWithoutAHostIsNamed() throws IOException {
        context(home.resolve(".docker"), REMOTE, "{\"Endpoints\":{}}");

        assertThatThrownBy(() -> found(Map.of("DOCKER_CONTEXT", "remote"), UNNAMED))
                .hasMessage("docker context \"remote\" names no Docker host");
    }

    @Test
    void aContextsHostThatIsNoAddressIsNamed() throws IOException {
        context(home.resolve(".docker"), REMOTE, "{\"Endpoints\":{\"docker\":{\"Host\":\"ssh://remote\"}}}");

        assertThatThrownBy(() -> found(Map.of("DOCKER_CONTEXT", "remote"), UNNAMED))
                .hasMessageStartingWith("docker context \"remote\" \"ssh://remote\" is reached over SSH");
    }

    @ParameterizedTest
    @ValueSource(strings = {"{ \"currentContext\": ", "\uFEFF{}", "[]", "5", "{\"currentContext\": 5}", "nonsense"})
    void aBrokenConfigurationIsWarnedOfAndLeftOutAsDockerDoes(String content) throws IOException {
        Path file = Files.createDirectories(home.resolve(".docker")).resolve("config.json");
        Files.writeString(file, content);

        assertThat(found(Map.of(), UNNAMED)).contains("unix:///var/run/docker.sock");

        assertThat(warnings).singleElement().asString().startsWith(file + " can't be used (");
        assertThat(found(Map.of(), Optional.of("unix:///a"))).containsExactly("unix:///a");
    }

    @Test
    void aConfigurationThatIsADirectoryIsWarnedOf() throws IOException {
        Path file = Files.createDirectories(home.resolve(".docker/config.json"));

        assertThat(found(Map.of(), UNNAMED)).contains("unix:///var/run/docker.sock");

        assertThat(warnings).singleElement().asString().startsWith(file + " can't be used (is a directory)");
    }

    @Test
    void aConfigurationInOtherLettersIsWarnedOf() throws IOException {
        Path file = Files.createDirectories(home.resolve(".docker")).resolve("config.json");
        Files.write(file, new byte[] {'{', (byte) 0xFF, '}'});

        assertThat(found(Map.of(), UNNAMED)).contains("unix:///var/run/docker.sock");

        assertThat(warnings).singleElement().asString().contains("it is not text in UTF-8");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " \n", "{}", "{\"auths\": null, \"currentContext\": null}", "{\"psFormat\": \"json\"}"})
    void aConfigurationThatSaysNothingOfEnginesIsNoMatter(String content) throws IOException {
        Files.writeString(Files.createDirectories(home.resolve(".docker")).resolve("config.json"), content);

        assertThat(found(Map.of(), UNNAMED)).contains("unix:///var/run/docker.sock");

        assertThat(warnings).isEmpty();
    }

    @Test
    void aLinkToNothingIsNoConfiguration() throws IOException {
        Files.createSymbolicLink(
                Files.createDirectories(home.resolve(".docker")).resolve("config.json"), Path.of("gone"));

        assertThat(found(Map.of(), UNNAMED)).contains("unix:///var/run/docker.sock");

        assertThat(warnings).isEmpty();
    }

    @Test
    void registryLoginsThatCannotBeReadAreWarnedOfAndTheContextIsKept() throws IOException {
        context(home.resolve(".docker"), REMOTE, "{\"Endpoints\":{\"docker\":{\"Host\":\"tcp://remote:7\"}}}");
        Path file = home.resolve(".docker/config.json");
        Files.writeString(file, "{\"auths\":{\"r.example\":{\"auth\":\"no%base64\"}},\"currentContext\":\"remote\"}");

        assertThat(found(Map.of(), UNNAMED)).containsExactly("tcp://remote:7");

        assertThat(warnings).singleElement().asString().startsWith("The registry logins in " + file);
    }

    @Test
    void aDamagedContextLeadsToNoOtherEngineButOneThatIsNamed() throws IOException {
        use("remote");
        context(home.resolve(".docker"), REMOTE, "{");

        assertThatThrownBy(() -> found(Map.of(), UNNAMED))
                .isInstanceOf(InvalidSpecException.class)
                .hasMessageStartingWith("docker context \"remote\" is damaged: ");
        assertThat(found(Map.of(), Optional.of("tcp://a:1"))).containsExactly("tcp://a:1");
        assertThat(found(Map.of("DOCKER_HOST", "tcp://a:1"), UNNAMED)).containsExactly("tcp://a:1");
    }

    @Test
    void withoutAHomeThereAreTheMachinesOwnSockets() {
        HomeDirectory none = HomeDirectory.of(Map.of(), "?", false);
        DockerCliConfig cli = DockerCliConfig.read(Map.of(), none, warnings::add);

        assertThat(new EngineLocator(Map.of(), none, false, cli).candidates(UNNAMED))
                .extracting(EngineAddress::toString)
                .containsExactly("unix:///var/run/docker.sock", "unix:///run/podman/podman.sock");
    }

    @Test
    void anEngineThatAContextHasFoundKeepsItsCertificatesWhenItIsNamedAgain() throws IOException {
        use("remote");
        context(home.resolve(".docker"), REMOTE, "{\"Endpoints\":{\"docker\":{\"Host\":\"tcp://remote:7\"}}}");
        Path certificates = certificates(
                home.resolve(".docker/contexts/tls").resolve(REMOTE).resolve("docker"));

        assertThat(locator(Map.of(), home, false)
                        .candidates(Optional.of("tcp://remote:7"))
                        .get(0)
                        .certificates())
                .hasValue(certificates);
        assertThat(locator(Map.of(), home, false)
                        .candidates(Optional.of("tcp://other:7"))
                        .get(0)
                        .certificates())
                .isEmpty();
    }

    @Test
    void theUsualSocketsComeInTheirOrder() {
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
    void aHomeWithASpaceInItsNameIsFine() {
        Path spacious = home.resolve("my home");

        EngineLocator locator = locator(Map.of(), spacious, false);

        assertThat(locator.candidates(UNNAMED).get(1).socket()).hasValue(spacious.resolve(".docker/run/docker.sock"));
    }

    @Test
    void onWindowsItIsANamedPipe() {
        assertThat(locator(Map.of(), home, true).candidates(UNNAMED))
                .extracting(EngineAddress::toString)
                .containsExactly(
                        "npipe:////./pipe/docker_engine",
                        "npipe:////./pipe/dockerDesktopLinuxEngine",
                        "npipe:////./pipe/podman-machine-default");
    }

    @Test
    void tlsTakesTheNamedCertificates(@TempDir Path certificates) throws IOException {
        certificates(certificates);
        // Docker takes any text for a yes.
        Map<String, String> environment = Map.of(
                "DOCKER_HOST", "tcp://host", "DOCKER_TLS_VERIFY", "0", "DOCKER_CERT_PATH", certificates.toString());

        EngineAddress address =
                locator(environment, home, false).candidates(UNNAMED).get(0);

        assertThat(address.certificates()).hasValue(certificates);
    }

    @Test
    void theVariablesOfGitLabsExampleLeadToItsService(@TempDir Path certificates) throws IOException {
        certificates(certificates);
        Map<String, String> environment =
                new HashMap<>(CiExample.gitLab(ProjectFiles.read("src/examples/ci/.gitlab-ci.yml"))
                        .variables());
        assertThat(environment.put("DOCKER_CERT_PATH", certificates.toString())).isEqualTo("/certs/client");

        EngineAddress address =
                locator(environment, home, false).candidates(UNNAMED).get(0);

        assertThat(address).hasToString("tcp://docker:2376");
        assertThat(address.certificates()).hasValue(certificates);
    }

    @Test
    void tlsWithoutCertificatesIsRefusedInsteadOfSpeakingPlainly() {
        assertThatThrownBy(() -> found(Map.of("DOCKER_HOST", "tcp://host", "DOCKER_TLS_VERIFY", "1"), UNNAMED))
                .isInstanceOf(InvalidSpecException.class)
                .hasMessage("DOCKER_TLS_VERIFY asks for TLS, and " + home.resolve(".docker/ca.pem") + " can't be read");
    }

    @Test
    void dockerTlsAsksForTlsAsWellAndAnEmptyVariableForNone() {
        assertThatThrownBy(() -> found(Map.of("DOCKER_HOST", "tcp://host", "DOCKER_TLS", "1"), UNNAMED))
                .hasMessageStartingWith("DOCKER_TLS asks for TLS, and ");
        assertThat(found(Map.of("DOCKER_HOST", "tcp://host", "DOCKER_TLS_VERIFY", ""), UNNAMED))
                .containsExactly("tcp://host:2375");
    }

    @Test
    void tlsIsNoMatterToASocket() {
        assertThat(found(Map.of("DOCKER_HOST", "unix:///a", "DOCKER_TLS_VERIFY", "1"), UNNAMED))
                .containsExactly("unix:///a");
    }

    private EngineLocator locator(Map<String, String> environment, Path place, boolean windows) {
        HomeDirectory directory = HomeDirectory.at(place);
        DockerCliConfig cli = DockerCliConfig.read(environment, directory, warnings::add);
        return new EngineLocator(environment, directory, windows, cli);
    }

    private List<String> found(Map<String, String> environment, Optional<String> engine) {
        return locator(environment, home, false).candidates(engine).stream()
                .map(EngineAddress::toString)
                .toList();
    }

    private static Path certificates(Path folder) throws IOException {
        Files.createDirectories(folder);
        for (String file : List.of("ca.pem", "cert.pem", "key.pem")) {
            Files.writeString(folder.resolve(file), "");
        }
        return folder;
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
