package io.github.claudefleet.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** fabric8's Maven plugin with as many images as containers, started in parallel. */
final class Fabric8Peer {

    private static final String POM = """
            <project xmlns="http://maven.apache.org/POM/4.0.0">
              <modelVersion>4.0.0</modelVersion>
              <groupId>io.github.claudefleet.bench</groupId>
              <artifactId>fabric8</artifactId>
              <version>1.0</version>
              <packaging>pom</packaging>
              <build>
                <plugins>
                  <plugin>
                    <groupId>%s</groupId>
                    <artifactId>%s</artifactId>
                    <version>%s</version>
                    <configuration>
                      <startParallel>true</startParallel>
                      <removeVolumes>true</removeVolumes>
                      <images>%s</images>
                    </configuration>
                  </plugin>
                </plugins>
              </build>
            </project>
            """;

    /** It has no parameter for an init process, nor for a limit of processes. */
    private static final String IMAGE = """
            <image>
              <name>%s</name>
              <alias>%s</alias>
              <run>
                <containerNamePattern>%%a</containerNamePattern>
                <entrypoint><exec>%s</exec></entrypoint>
                <user>%s</user>
                <workingDir>%s</workingDir>
                <volumes><bind>%s</bind></volumes>
                <network><mode>custom</mode><name>%s</name></network>
                <labels>%s</labels>
                <capDrop>%s</capDrop>
                <securityOpts><opt>no-new-privileges</opt></securityOpts>
                <readOnly>%s</readOnly>
                <memory>%d</memory>
                <memorySwap>%d</memorySwap>
                <cpus>%s</cpus>
                <stopMode>kill</stopMode>
              </run>
            </image>
            """;

    private final Options options;
    private final MeasuredCommand process;

    private Fabric8Peer(Options options, Path directory) {
        this.options = options;
        this.process = new MeasuredCommand(directory, directory.resolve("fabric8.log"));
    }

    static Fabric8Peer create(Options options, PeerContainer container, Path directory) throws IOException {
        String[] plugin = options.peers().fabric8().split(":");
        String images = IntStream.rangeClosed(1, options.containers())
                .mapToObj(number -> image(options, container, number))
                .collect(Collectors.joining());
        Files.writeString(
                directory.resolve("pom.xml"), POM.formatted(plugin[0], plugin[1], plugin[2], images.indent(10)));
        return new Fabric8Peer(options, directory);
    }

    void start() throws IOException, InterruptedException {
        maven("docker:start");
    }

    /** Kills the containers, which do not end by themselves when asked to. */
    void stop() throws IOException, InterruptedException {
        maven("docker:stop");
    }

    private void maven(String goal) throws IOException, InterruptedException {
        process.run(options.maven(goal), Map.of("MAVEN_OPTS", "", "DOCKER_HOST", "unix://" + options.socket()));
    }

    private static String image(Options options, PeerContainer container, int number) {
        String[] label = options.peers().label().split("=");
        return IMAGE.formatted(
                container.agent().image(),
                "bench-" + ProcessHandle.current().pid() + "-fabric8-" + number,
                elements("arg", container.command()),
                container.agent().user(),
                container.agent().workingDirectory(),
                elements("volume", container.volumes()),
                options.standInNetwork(),
                elements(label[0], List.of(label[1])),
                elements("cap", container.agent().hardening().capDrop()),
                container.agent().hardening().readOnlyRootfs(),
                container.memory(),
                container.memory(),
                container.cpus());
    }

    private static String elements(String name, List<String> values) {
        return values.stream()
                .map(value -> "<" + name + ">" + value + "</" + name + ">")
                .collect(Collectors.joining());
    }
}
