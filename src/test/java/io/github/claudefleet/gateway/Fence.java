package io.github.claudefleet.gateway;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.claudefleet.engine.ContainerEngine;
import io.github.claudefleet.engine.UploadFile;
import io.github.claudefleet.it.DockerCommand;
import io.github.claudefleet.spec.ContainerUser;
import io.github.claudefleet.spec.Sha256;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.Stream;

/** A gateway, started as the plugin starts it, with agents that have no network but their socket. */
final class Fence implements AutoCloseable {

    static final String VOLUME = "/claude-fleet/gateway";
    static final ContainerUser USER = ContainerUser.FOR_ROOT;
    private static final String PRIVATE = TestPolicy.secretName();
    private static final Path ATTACK = resources();

    private final DockerCommand docker;
    private final ContainerEngine engine;
    private final String image;
    private final Path folder;
    private final TestPolicy policy;
    private final String suffix = UUID.randomUUID().toString().substring(0, 8);
    private final Map<String, String> agents = new HashMap<>();
    private final List<String> containers = new ArrayList<>();
    private String gateway;

    Fence(DockerCommand docker, ContainerEngine engine, String image, Path folder, TestPolicy policy) {
        this.docker = docker;
        this.engine = engine;
        this.image = image;
        this.folder = folder;
        this.policy = policy;
    }

    private static Path resources() {
        return Path.of("src", "test", "resources", "io", "github", "claudefleet", "gateway")
                .toAbsolutePath();
    }

    /** Starts the world's services in the gateway's image, with the names that its DNS server knows. */
    String startWorld(Map<String, String> names, String... options) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of("create", "--user", "0", "--volume", ATTACK + ":/attack:ro"));
        command.addAll(List.of(options));
        command.addAll(List.of("--entrypoint", "node", image, "/attack/world.mjs", Json.write(names)));
        return create(command);
    }

    /** Creates the gateway, which trusts the world's authority. */
    void createGateway(World world, String credential, String... options) throws IOException, InterruptedException {
        Path directory = Files.createDirectories(folder.resolve("credential"));
        Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwxr-xr-x"));
        Files.writeString(directory.resolve("key"), credential);
        Files.writeString(folder.resolve("world.pem"), world.ca());
        docker.run("volume", "create", volume());
        List<String> command =
                new ArrayList<>(List.of("create", "--read-only", "--tmpfs", "/tmp", "--cap-drop", "ALL"));
        command.addAll(List.of("--security-opt", "no-new-privileges", "--memory", "256m", "--user", user()));
        command.addAll(List.of("--volume", volume() + ":" + VOLUME, "--volume", directory + ":/credential:ro"));
        command.addAll(List.of("--volume", folder.resolve("world.pem") + ":/world.pem:ro"));
        command.addAll(List.of("--env", "NODE_EXTRA_CA_CERTS=/world.pem"));
        command.addAll(List.of("--env", "CLAUDE_FLEET_GATEWAY_PRIVATE=" + PRIVATE));
        command.addAll(List.of(options));
        command.add(image);
        gateway = create(command);
    }

    /** Starts the gateway, gives it the policy, and waits until it is ready. */
    void startGateway() throws IOException, InterruptedException {
        docker.run("start", gateway);
        apply(policy.text("gateway"));
        docker.awaitLog(gateway, "\"gateway\":\"ready\"");
    }

    /** Changes the policy, and waits until it is in force. */
    void apply(String text) throws IOException, InterruptedException {
        upload(text);
        docker.awaitLog(
                gateway, new Sha256().add(text.getBytes(StandardCharsets.UTF_8)).hex());
    }

    void upload(String text) {
        String directory = "private/" + PRIVATE;
        engine.files()
                .upload(
                        gateway,
                        VOLUME,
                        List.of(
                                UploadFile.folder("private", 0311, USER),
                                UploadFile.folder(directory, 0700, USER),
                                new UploadFile(
                                        directory + "/policy.json",
                                        text.getBytes(StandardCharsets.UTF_8),
                                        0600,
                                        USER)));
    }

    /** Starts a container of an agent, and its relay. */
    void startAgent(String agent, String agentImage) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of("create", "--network", "none", "--cap-drop", "ALL"));
        command.addAll(List.of("--security-opt", "no-new-privileges", "--user", user()));
        command.addAll(List.of("--volume", volume() + ":" + VOLUME + ":ro", "--volume", ATTACK + ":/attack:ro"));
        command.addAll(List.of("--env", "CLAUDE_FLEET_GATEWAY_SOCKET=" + policy.socket(agent)));
        command.addAll(List.of("--entrypoint", "sleep", agentImage, "600"));
        String id = create(command);
        docker.run("start", id);
        docker.run("exec", id, "sh", VOLUME + "/relay/relay.sh");
        agents.put(agent, id);
    }

    /** Starts a container that has a network and no gateway. */
    void startOpen(String name, String agentImage, String... options) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of("create", "--user", user(), "--volume", ATTACK + ":/attack:ro"));
        command.addAll(List.of(options));
        command.addAll(List.of("--entrypoint", "sleep", agentImage, "600"));
        agents.put(name, create(command));
    }

    /** Lets an agent try ways out, and returns what it saw. */
    List<Outcome> attack(String agent, Map<String, ?> target, List<String> ways)
            throws IOException, InterruptedException {
        Map<String, Object> arguments = new HashMap<>(target);
        arguments.put("ways", ways);
        String output = docker.run("exec", container(agent), "node", "/attack/attacker.mjs", Json.write(arguments));
        List<Outcome> outcomes = Json.lines(output)
                .map(line -> new Outcome(line.get("way").asText(), Json.texts(line.get("saw"))))
                .toList();
        if (!outcomes.stream().map(Outcome::way).toList().containsAll(ways)) {
            throw new AssertionError("the attacker ended early: " + output);
        }
        return outcomes;
    }

    /** Lets an agent try one thing, and returns what it saw. */
    List<String> saw(String agent, Map<String, ?> target, String way) throws IOException, InterruptedException {
        return attack(agent, target, List.of(way)).get(0).saw();
    }

    /** Lets an agent do through the gateway what programs do (client.mjs), and returns what came of each thing. */
    Map<String, String> did(String agent, String... things) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of("exec", container(agent), "node", "/attack/client.mjs"));
        command.addAll(List.of(things));
        return got(docker.run(command.toArray(String[]::new)));
    }

    /** Begins such things, and does not wait for them. */
    void begin(String agent, String... things) throws IOException, InterruptedException {
        String client = "node /attack/client.mjs " + String.join(" ", things);
        docker.run(
                "exec",
                "--detach",
                container(agent),
                "sh",
                "-c",
                client + " >/tmp/did.new && mv /tmp/did.new /tmp/did");
    }

    /** Waits for what was begun, and returns what came of each thing. */
    Map<String, String> done(String agent, Duration limit) throws IOException, InterruptedException {
        Instant end = Instant.now().plus(limit);
        while (docker.run("exec", container(agent), "ls", "/tmp").lines().noneMatch("did"::equals)) {
            if (Instant.now().isAfter(end)) {
                throw new AssertionError(agent + " is not done after " + limit);
            }
            Thread.sleep(1000);
        }
        return got(docker.run("exec", container(agent), "cat", "/tmp/did"));
    }

    private static Map<String, String> got(String output) throws IOException {
        Map<String, String> got = new TreeMap<>();
        Json.lines(output)
                .forEach(line ->
                        got.put(line.get("did").asText(), line.get("got").asText()));
        return got;
    }

    /** Begins something in an agent's container, and does not wait for it. */
    void attackBeside(String agent, String way) throws IOException, InterruptedException {
        String arguments = Json.write(Map.of("ways", List.of(way)));
        docker.run("exec", "--detach", container(agent), "node", "/attack/attacker.mjs", arguments);
    }

    String container(String agent) {
        return agents.get(agent);
    }

    String gateway() {
        return gateway;
    }

    String volume() {
        return "fence-" + suffix;
    }

    TestPolicy policy() {
        return policy;
    }

    /** Returns the gateway's lines of a kind. */
    Stream<JsonNode> said(String kind) throws IOException, InterruptedException {
        return Json.lines(docker.run("logs", gateway))
                .filter(line -> line.path("gateway").asText().equals(kind));
    }

    @Override
    public void close() throws IOException {
        try {
            // The last first: one may use another's network.
            Collections.reverse(containers);
            for (String container : containers) {
                docker.run("rm", "--force", container);
            }
            if (gateway != null) {
                docker.run("volume", "rm", volume());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private String create(List<String> command) throws IOException, InterruptedException {
        String id = docker.run(command.toArray(String[]::new));
        containers.add(id);
        return id;
    }

    private static String user() {
        return USER.uid() + ":" + USER.gid();
    }
}
