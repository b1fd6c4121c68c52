package io.github.claudefleet.bench;

import java.net.URI;
import java.nio.file.Path;
import java.util.List;

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
 * @param repository Maven's local repository with the plugin, which nothing else writes to meanwhile
 * @param peers the programs to compare with
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
        String plugin,
        Path repository,
        Peers peers) {

    /**
     * Other programs that start containers.
     *
     * @param compose Docker Compose
     * @param fabric8 fabric8's Maven plugin, {@code groupId:artifactId:version}
     * @param label label of their containers, {@code NAME=VALUE}, by which bin/bench removes them
     * @param many number of agents that goals are measured with, compared with one agent
     */
    record Peers(Path compose, String fabric8, String label, int many) {}

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
                required("bench.plugin"),
                Path.of(required("bench.repository")),
                new Peers(
                        Path.of(required("bench.compose")),
                        required("bench.fabric8"),
                        required("bench.label"),
                        Integer.getInteger("bench.many", 100)));
    }

    /** Returns the command line of an offline Maven. */
    List<String> maven(String goal) {
        return List.of("mvn", "-o", "-B", "-Dstyle.color=never", "-Dmaven.repo.local=" + repository, goal);
    }

    private static String required(String name) {
        String value = System.getProperty(name);
        if (value == null || value.isBlank()) {
            throw new IllegalStateException("property " + name + " is not set; run the benchmark with bin/bench");
        }
        return value;
    }
}
