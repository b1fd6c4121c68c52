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
import java.util.ArrayList;
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

    /** Parameters of agents on the fleet's network, without a gateway: as containers that others start. */
    static final Map<String, String> OPEN = Map.of("egress.mode", "open");

    private final Path directory;
    private final FleetName fleet;
    private final Options options;
    private final Map<String, String> ownParameters;
    private final ContainerUser user = HostUser.containerUser();

    private BenchProject(Path directory, FleetName fleet, Options options, Map<String, String> ownParameters) {
        this.directory = directory;
        this.fleet = fleet;
        this.options = options;
        this.ownParameters = ownParameters;
    }

    /** Creates a project without a gateway in the system's temporary directory, which the agents' user can read. */
    static BenchProject create(Options options) throws IOException {
        return create(options, "fleet", OPEN);
    }

    /**
     * Creates one of several projects in the system's temporary directory.
     *
     * @param name what tells its fleet from the others
     * @param ownParameters parameters of its goals, beside or instead of those of all
     */
    static BenchProject create(Options options, String name, Map<String, String> ownParameters) throws IOException {
        FleetName fleet = new FleetName("bench-" + ProcessHandle.current().pid() + "-" + name);
        Path directory = Files.createTempDirectory("claude-fleet-bench");
        BenchProject project = new BenchProject(directory, fleet, options, ownParameters);
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

    /** Returns Maven's command line with the goals' parameters, as {@code -Dclaude-fleet.NAME=VALUE}. */
    List<String> maven(String goal) {
        List<String> command = new ArrayList<>(options.maven(goal));
        parameters().forEach((name, value) -> command.add("-Dclaude-fleet." + name + "=" + value));
        return command;
    }

    /** Spec of the fleet that a goal creates from the same parameters. */
    FleetSpec spec() {
        return spec(Map.of());
    }

    /** Spec with further parameters. */
    FleetSpec spec(Map<String, String> more) {
        Map<String, String> all = new TreeMap<>(parameters());
        all.putAll(more);
        ConfigurationContext loginContext = new ConfigurationContext(
                directory, HomeDirectory.at(directory), Map.of(), name -> Optional.empty(), server -> Optional.empty());
        return new FleetConfiguration()
                .image(new ImageConfiguration())
                .auth(new AuthConfiguration())
                .workers(Integer.valueOf(parameters().get("workers")))
                .parallelism(options.atOnce())
                .network(options.standInNetwork())
                .fillFrom(name -> Optional.ofNullable(all.get(name)))
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
        parameters.put("egress.base", options.baseImage());
        parameters.put("image.buildNetwork", "host");
        parameters.put("image.caBundle", options.standInBundle().toString());
        parameters.putAll(ownParameters);
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
