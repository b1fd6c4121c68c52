package io.github.claudefleet.mojo;

import io.github.claudefleet.config.JavaConfiguration;
import io.github.claudefleet.spec.FileProblem;
import io.github.claudefleet.spec.Secret;
import java.io.File;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.apache.maven.execution.MavenSession;
import org.apache.maven.project.MavenProject;
import org.apache.maven.settings.Server;
import org.apache.maven.settings.Settings;
import org.apache.maven.settings.io.DefaultSettingsWriter;
import org.eclipse.aether.repository.RemoteRepository;

/**
 * Subset of this build's settings for agents that build the same project: mirrors, and the servers of the repositories
 * that it uses.
 */
record ForwardedSettings(MavenSession session, MavenProject project, ServerCredentials servers)
        implements JavaConfiguration.MavenSide {

    @Override
    public Optional<Path> localRepository() {
        return Optional.ofNullable(session.getRequest().getLocalRepositoryPath())
                .map(File::toPath);
    }

    @Override
    public List<String> repositories() {
        return remoteRepositories().map(RemoteRepository::getUrl).distinct().toList();
    }

    @Override
    public Secret settings() {
        Settings forwarded = new Settings();
        forwarded.setMirrors(session.getSettings().getMirrors());
        for (String id : used()) {
            servers.server(id).ifPresent(server -> forwarded.addServer(copy(server)));
        }
        StringWriter text = new StringWriter();
        try {
            new DefaultSettingsWriter().write(text, Map.of(), forwarded);
        } catch (IOException e) {
            throw new UncheckedIOException("a settings.xml for agents can't be written: " + FileProblem.of(e), e);
        }
        return Secret.of(text.toString());
    }

    /** Returns the ids of the repositories and of the mirrors that replace them. */
    private Set<String> used() {
        Set<String> ids = new TreeSet<>();
        remoteRepositories().forEach(repository -> {
            ids.add(repository.getId());
            repository.getMirroredRepositories().forEach(mirrored -> ids.add(mirrored.getId()));
        });
        return ids;
    }

    private Stream<RemoteRepository> remoteRepositories() {
        return Stream.concat(
                project.getRemoteProjectRepositories().stream(), project.getRemotePluginRepositories().stream());
    }

    private static Server copy(Server server) {
        Server copy = new Server();
        copy.setId(server.getId());
        copy.setUsername(server.getUsername());
        copy.setPassword(server.getPassword());
        return copy;
    }
}
