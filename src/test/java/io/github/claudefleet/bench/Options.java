package io.github.claudefleet.bench;

import java.net.URI;
import java.nio.file.Path;

/**
 * What bin/bench hands over, as system properties.
 *
 * @param containers how many agents
 * @param rounds how often everything is measured
 * @param atOnce how many containers are made at once, by the fleet and by the bare engine
 * @param socket the engine's socket
 * @param baseImage what the agents' image is built on
 * @param standInUrl the control address of the stand-in for Anthropic's services
 * @param standInNetwork the network that it is on
 * @param standInBundle certificates to trust, its own among them
 * @param plugin the installed plugin, {@code groupId:artifactId:version}
 */
record Options(
        int containers,
        int rounds,
        int atOnce,
        Path socket,
        String baseImage,
        URI standInUrl,
        String standInNetwork,
        Path standInBundle,
        String plugin) {

    static Options fromSystemProperties() {
        return new Options(
                Integer.getInteger("bench.containers", 20),
                Integer.getInteger("bench.rounds", 5),
                Integer.getInteger("bench.atOnce", 4),
                Path.of(System.getProperty("bench.socket", "/var/run/docker.sock")),
                required("it.baseImage"),
                URI.create(required("standin.url")),
                required("standin.network"),
                Path.of(required("standin.bundle")),
                required("bench.plugin"));
    }

    private static String required(String name) {
        String value = System.getProperty(name);
        if (value == null || value.isBlank()) {
            throw new IllegalStateException("property " + name + " is not set; run the benchmark with bin/bench");
        }
        return value;
    }
}
