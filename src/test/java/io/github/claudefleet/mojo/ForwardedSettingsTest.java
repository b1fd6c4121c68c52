package io.github.claudefleet.mojo;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.StringReader;
import java.util.List;
import org.apache.maven.artifact.repository.ArtifactRepository;
import org.apache.maven.artifact.repository.ArtifactRepositoryPolicy;
import org.apache.maven.artifact.repository.MavenArtifactRepository;
import org.apache.maven.artifact.repository.layout.DefaultRepositoryLayout;
import org.apache.maven.execution.DefaultMavenExecutionRequest;
import org.apache.maven.execution.MavenSession;
import org.apache.maven.project.MavenProject;
import org.apache.maven.settings.Mirror;
import org.apache.maven.settings.Server;
import org.apache.maven.settings.Settings;
import org.apache.maven.settings.building.SettingsProblem;
import org.apache.maven.settings.crypto.SettingsDecryptionResult;
import org.apache.maven.settings.io.xpp3.SettingsXpp3Reader;
import org.junit.jupiter.api.Test;

class ForwardedSettingsTest {

    @Test
    void agentsGetTheServersOfTheProjectsRepositoriesAndNoOther() throws Exception {
        Settings all = new Settings();
        all.addServer(server("company", "hush"));
        all.addServer(server("strangers", "never"));
        Mirror mirror = new Mirror();
        mirror.setId("near");
        mirror.setMirrorOf("*");
        all.addMirror(mirror);

        Settings forwarded = forwarded(all, "company", "central");

        assertThat(forwarded.getServers())
                .singleElement()
                .satisfies(server -> assertThat(server.getPassword()).isEqualTo("hush decrypted"));
        assertThat(forwarded.getMirrors()).extracting(Mirror::getId).containsExactly("near");
    }

    @Test
    @SuppressWarnings("deprecation")
    void theRepositoriesOfProjectAndPluginsAreKnownOnce() {
        MavenProject project = new MavenProject();
        project.setRemoteArtifactRepositories(List.of(repository("company"), repository("central")));
        project.setPluginArtifactRepositories(List.of(repository("plugins", "https://plugins.example.org/maven2")));

        assertThat(new ForwardedSettings(null, project, null).repositories())
                .containsExactly("file:///nowhere", "https://plugins.example.org/maven2");
    }

    @SuppressWarnings("deprecation")
    private static Settings forwarded(Settings all, String... repositories) throws Exception {
        MavenProject project = new MavenProject();
        project.setRemoteArtifactRepositories(List.of(repositories).stream()
                .map(ForwardedSettingsTest::repository)
                .toList());
        project.setPluginArtifactRepositories(List.of());
        MavenSession session = new MavenSession(null, new DefaultMavenExecutionRequest(), null, List.of(project)) {
            @Override
            public Settings getSettings() {
                return all;
            }
        };
        ServerCredentials servers = new ServerCredentials(
                all, request -> decrypted(request.getServers().get(0)));
        return new SettingsXpp3Reader()
                .read(new StringReader(new ForwardedSettings(session, project, servers)
                        .settings()
                        .reveal()));
    }

    @SuppressWarnings("deprecation")
    private static ArtifactRepository repository(String id) {
        return repository(id, "file:///nowhere");
    }

    @SuppressWarnings("deprecation")
    private static ArtifactRepository repository(String id, String address) {
        return new MavenArtifactRepository(
                id,
                address,
                new DefaultRepositoryLayout(),
                new ArtifactRepositoryPolicy(),
                new ArtifactRepositoryPolicy());
    }

    private static SettingsDecryptionResult decrypted(Server server) {
        Server plain = server(server.getId(), server.getPassword() + " decrypted");
        return new SettingsDecryptionResult() {
            @Override
            public Server getServer() {
                return plain;
            }

            @Override
            public List<Server> getServers() {
                return List.of(plain);
            }

            @Override
            public org.apache.maven.settings.Proxy getProxy() {
                return null;
            }

            @Override
            public List<org.apache.maven.settings.Proxy> getProxies() {
                return List.of();
            }

            @Override
            public List<SettingsProblem> getProblems() {
                return List.of();
            }
        };
    }

    private static Server server(String id, String password) {
        Server server = new Server();
        server.setId(id);
        server.setUsername("ann");
        server.setPassword(password);
        return server;
    }
}
