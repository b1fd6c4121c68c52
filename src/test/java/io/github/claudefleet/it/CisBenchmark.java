package io.github.claudefleet.it;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.claudefleet.engine.ContainerObservation;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/**
 * The checks of containers and images in the CIS Docker Benchmark, as docker-bench-security makes them, on the containers
 * of a real fleet. Their results must be those of the table in docs/hardening.md.
 */
public final class CisBenchmark {

    /** Row of the table: number, subject, result, reason. */
    private static final Pattern ROW = Pattern.compile("\\| ([45]\\.\\d+) \\| [^|]+ \\| ([^|]+) \\|[^|]*\\|");

    private static final Pattern SENSITIVE = Pattern.compile("/|/(?:boot|dev|etc|lib|proc|sys|usr)");
    private static final String PASSES = "passes";
    private static final String WARNS = "warns";
    /** Results that are not the plugin's, or that no inspection shows. */
    private static final List<String> NOT_COMPARED = List.of("the engine's", "by hand");

    private final List<JsonNode> containers;
    private final JsonNode image;
    private final List<String> layers;

    private CisBenchmark(List<JsonNode> containers, JsonNode image, List<String> layers) {
        this.containers = containers;
        this.image = image;
        this.layers = layers;
    }

    /** Inspects the containers that run with a read-only file system, and the image. */
    public static CisBenchmark of(DockerCommand docker, List<ContainerObservation> containers, String image)
            throws IOException, InterruptedException {
        ObjectMapper json = new ObjectMapper();
        List<JsonNode> inspected = new ArrayList<>();
        for (ContainerObservation container : containers) {
            inspected.add(json.valueToTree(docker.inspect(container.id())));
        }
        List<JsonNode> hardened = inspected.stream()
                .filter(container -> container.at("/HostConfig/ReadonlyRootfs").asBoolean())
                .toList();
        if (hardened.size() < 2) {
            throw new AssertionError("auth container and agent are to be there: " + hardened.size());
        }
        List<String> own = docker.run("history", "--no-trunc", "--format", "{{.CreatedBy}}", image)
                .lines()
                .filter(line -> line.contains("claude-fleet"))
                .toList();
        return new CisBenchmark(hardened, json.valueToTree(docker.inspect(image)), own);
    }

    /** Compares the results with the table, in which each check must have a row. */
    public void compare(Path document) throws IOException {
        Map<String, String> results = results();
        Map<String, String> told = new TreeMap<>();
        Matcher row = ROW.matcher(Files.readString(document));
        while (row.find()) {
            told.put(row.group(1), row.group(2));
        }
        told.values().removeAll(NOT_COMPARED);
        if (!told.equals(results)) {
            throw new AssertionError("the table has " + told + ", the fleet has " + results);
        }
    }

    private Map<String, String> results() {
        Map<String, String> results = new TreeMap<>();
        results.put("4.6", word(image.at("/Config/Healthcheck/Test").isArray()));
        results.put("4.7", word(layers.stream().noneMatch(layer -> layer.matches(".*(?:apt|apk|apt-get) update *"))));
        results.put(
                "4.9", word(layers.stream().noneMatch(layer -> layer.matches("(?:/bin/sh -c #\\(nop\\) )?ADD .*"))));
        checks().forEach((number, check) ->
                results.put(number, word(containers.stream().allMatch(check))));
        return results;
    }

    private static String word(boolean passes) {
        return passes ? PASSES : WARNS;
    }

    private static Map<String, Predicate<JsonNode>> checks() {
        Map<String, Predicate<JsonNode>> checks = new TreeMap<>();
        checks.put("4.1", one -> !one.at("/Config/User").asText().matches("|0(?::.*)?|root(?::.*)?"));
        checks.put("5.2", one -> !one.at("/HostConfig/SecurityOpt").isEmpty());
        checks.put("5.3", one -> one.at("/HostConfig/CapAdd").isEmpty());
        checks.put("5.4", one -> !one.at("/HostConfig/Privileged").asBoolean());
        checks.put(
                "5.5",
                one -> mounts(one).noneMatch(path -> SENSITIVE.matcher(path).matches()));
        checks.put("5.7", CisBenchmark::hasNoPort);
        checks.put("5.8", one -> one.at("/Config/ExposedPorts").isEmpty());
        checks.put("5.9", one -> !is(one, "NetworkMode", "host"));
        checks.put("5.10", one -> one.at("/HostConfig/Memory").asLong() > 0);
        checks.put("5.11", one -> one.at("/HostConfig/CpuShares").asLong() > 0);
        checks.put("5.12", one -> one.at("/HostConfig/ReadonlyRootfs").asBoolean());
        checks.put("5.13", CisBenchmark::hasNoPort);
        checks.put(
                "5.14",
                one -> one.at("/HostConfig/RestartPolicy/MaximumRetryCount").asInt() == 5);
        checks.put("5.15", one -> !is(one, "PidMode", "host"));
        checks.put("5.16", one -> !is(one, "IpcMode", "host"));
        checks.put("5.17", one -> one.at("/HostConfig/Devices").isEmpty());
        checks.put("5.18", one -> !one.at("/HostConfig/Ulimits").isEmpty());
        checks.put(
                "5.19",
                one -> one.at("/Mounts").findValuesAsText("Propagation").stream()
                        .noneMatch(propagation -> propagation.contains("shared")));
        checks.put("5.20", one -> !is(one, "UTSMode", "host"));
        checks.put("5.21", one -> !one.at("/HostConfig/SecurityOpt").toString().contains("seccomp"));
        checks.put("5.24", one -> is(one, "CgroupParent", ""));
        checks.put("5.25", one -> one.at("/HostConfig/SecurityOpt").toString().contains("no-new-privileges"));
        checks.put("5.26", one -> one.at("/State/Health/Status").isTextual());
        checks.put("5.28", one -> one.at("/HostConfig/PidsLimit").asLong() > 0);
        checks.put("5.29", one -> one.at("/NetworkSettings/Networks/bridge").isMissingNode());
        checks.put("5.30", one -> !is(one, "UsernsMode", "host"));
        checks.put("5.31", one -> mounts(one).noneMatch(path -> path.endsWith("docker.sock")));
        return checks;
    }

    private static boolean is(JsonNode container, String field, String value) {
        return container.at("/HostConfig/" + field).asText().equals(value);
    }

    private static boolean hasNoPort(JsonNode container) {
        return container.at("/NetworkSettings/Ports").isEmpty();
    }

    private static Stream<String> mounts(JsonNode container) {
        return StreamSupport.stream(container.at("/Mounts").spliterator(), false)
                .flatMap(mount -> Stream.of(
                        mount.path("Source").asText(), mount.path("Destination").asText()));
    }
}
