package io.github.claudefleet.bench;

import io.github.claudefleet.config.AuthConfiguration;
import io.github.claudefleet.config.ConfigurationContext;
import io.github.claudefleet.config.FleetConfiguration;
import io.github.claudefleet.config.ImageConfiguration;
import io.github.claudefleet.host.HostFiles;
import io.github.claudefleet.host.HostUser;
import io.github.claudefleet.host.ProcessIdentity;
import io.github.claudefleet.spec.ContainerUser;
import io.github.claudefleet.spec.FleetId;
import io.github.claudefleet.spec.FleetName;
import io.github.claudefleet.spec.FleetSpec;
import io.github.claudefleet.spec.HomeDirectory;
import io.github.claudefleet.spec.Lifetime;
import io.github.claudefleet.standin.StandInControl;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/** Empty Maven project with a login, whose fleet can be started by Maven and without it. */
final class BenchProject implements AutoCloseable {

    private static final String POM = """
            <project xmlns="http://maven.apache.org/POM/4.0.0">
              <modelVersion>4.0.0</modelVersion>
              <groupId>io.github.claudefleet.bench</groupId>
              <artifactId>%s</artifactId>
              <version>1.0</version>
              <packaging>pom</packaging>
              <build>
                <plugins>
                  <plugin>
                    <groupId>%s</groupId>
                    <artifactId>%s</artifactId>
                    <version>%s</version>
                  </plugin>
                </plugins>
              </build>
            </project>
            """;

    private final Path directory;
    private final FleetName fleet;
    private final Options options;
    private final ContainerUser user = HostUser.containerUser();

    private BenchProject(Path directory, FleetName fleet, Options options) {
        this.directory = directory;
        this.fleet = fleet;
        this.options = options;
    }

    /** Creates a project in the system's temporary directory, which the agents' user can read. */
    static BenchProject create(Options options) throws IOException {
        FleetName fleet = new FleetName("bench-" + ProcessHandle.current().pid());
        BenchProject project = new BenchProject(Files.createTempDirectory("claude-fleet-bench"), fleet, options);
        project.writePom();
        project.writeLogin();
        project.handOver();
        return project;
    }

    Path directory() {
        return directory;
    }

    FleetName fleet() {
        return fleet;
    }

    private FleetId fleetId() {
        return new FleetId(
                fleet,
                ProcessIdentity.project(directory),
                Lifetime.DETACHED,
                ProcessIdentity.buildIdentity(Instant.now()));
    }

    /** Parameters of the goals, as {@code -Dclaude-fleet.NAME=VALUE} on a command line. */
    List<String> arguments() {
        return parameters().entrySet().stream()
                .map(parameter -> "-Dclaude-fleet." + parameter.getKey() + "=" + parameter.getValue())
                .toList();
    }

    /** Spec of the fleet that a goal creates from the same parameters. */
    FleetSpec spec() {
        ConfigurationContext loginContext = new ConfigurationContext(
                directory, HomeDirectory.at(directory), Map.of(), name -> Optional.empty(), server -> Optional.empty());
        return new FleetConfiguration()
                .image(new ImageConfiguration())
                .auth(new AuthConfiguration())
                .workers(options.containers())
                .parallelism(options.atOnce())
                .network(options.standInNetwork())
                .fillFrom(name -> Optional.ofNullable(parameters().get(name)))
                .toSpec(fleetId(), loginContext, user);
    }

    @Override
    public void close() throws IOException {
        try (Stream<Path> files = Files.walk(directory)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }

    private Map<String, String> parameters() {
        Map<String, String> parameters = new TreeMap<>();
        parameters.put("workers", String.valueOf(options.containers()));
        parameters.put("parallelism", String.valueOf(options.atOnce()));
        parameters.put("network", options.standInNetwork());
        parameters.put("auth.directory", "login");
        parameters.put("workspace.strategy", "bind");
        parameters.put("workspace.root", "../.workspaces");
        parameters.put("auth.remember", "60m");
        parameters.put("image.base", options.baseImage());
        parameters.put("image.buildNetwork", "host");
        parameters.put("image.caBundle", options.standInBundle().toString());
        return parameters;
    }

    private void writePom() throws IOException {
        String[] plugin = options.plugin().split(":");
        Files.writeString(directory.resolve("pom.xml"), POM.formatted(fleet, plugin[0], plugin[1], plugin[2]));
    }

    private void writeLogin() throws IOException {
        Path login = Files.createDirectory(
                directory.resolve("login"),
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        Path file = login.resolve(".credentials.json");
        Files.writeString(
                file, new StandInControl(options.standInUrl()).credentials(fleet.value(), Duration.ofHours(8)));
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
    }

    private void handOver() throws IOException {
        if (!HostUser.isRoot()) {
            return;
        }
        try (Stream<Path> files = Files.walk(directory)) {
            for (Path file : files.toList()) {
                HostFiles.giveTo(file, user);
            }
        }
    }
}
