package io.github.claudefleet.bench;

import java.net.URI;
import java.nio.file.Path;

/**
 * Options from bin/bench, passed as system properties.
 *
 * @param containers number of agents
 * @param rounds number of rounds of all measurements
 * @param atOnce number of containers that the fleet and the bare engine create at once
 * @param socket the engine's socket
 * @param baseImage base image of the agents' image
 * @param standInUrl control address of the stand-in for Anthropic's services
 * @param standInNetwork network of the stand-in
 * @param standInBundle trusted certificates, including the stand-in's
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
