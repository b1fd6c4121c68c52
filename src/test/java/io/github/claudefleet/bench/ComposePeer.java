package io.github.claudefleet.bench;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Docker Compose with one service of many containers. */
final class ComposePeer {

    private final Options options;
    private final MeasuredCommand process;
    private final Path file;

    private ComposePeer(Options options, Path directory) {
        this.options = options;
        this.process = new MeasuredCommand(directory, directory.resolve("compose.log"));
        this.file = directory.resolve("compose.json");
    }

    /** Writes the compose file, in the part of YAML that is JSON. */
    static ComposePeer create(Options options, PeerContainer container, Path directory) throws IOException {
        ComposePeer peer = new ComposePeer(options, directory);
        Files.writeString(peer.file, new ObjectMapper().writeValueAsString(peer.model(container)));
        return peer;
    }

    void up() throws IOException, InterruptedException {
        compose("up", "-d", "--scale", "agent=" + options.containers());
    }

    /** Also removes the volumes, as the goal {@code stop} does. */
    void down() throws IOException, InterruptedException {
        compose("down", "-t", "0", "-v");
    }

    private void compose(String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(options.peers().compose().toString(), "-f", file.toString()));
        command.addAll(List.of(arguments));
        process.run(command, Map.of("DOCKER_HOST", "unix://" + options.socket()));
    }

    private Map<String, Object> model(PeerContainer container) {
        return Map.of(
                "name", "bench-" + ProcessHandle.current().pid(),
                "services", Map.of("agent", service(container)),
                "networks", Map.of("default", Map.of("external", true, "name", options.standInNetwork())));
    }

    private Map<String, Object> service(PeerContainer container) {
        Map<String, Object> service = new TreeMap<>();
        service.put("image", container.agent().image());
        service.put("entrypoint", container.command());
        service.put("user", container.agent().user().toString());
        service.put("working_dir", container.agent().workingDirectory());
        service.put("volumes", container.volumes());
        service.put("labels", List.of(options.peers().label()));
        service.put("init", container.agent().hardening().init());
        service.put("cap_drop", container.agent().hardening().capDrop());
        service.put("security_opt", List.of("no-new-privileges"));
        service.put("read_only", container.agent().hardening().readOnlyRootfs());
        service.put("mem_limit", container.memory());
        service.put("memswap_limit", container.memory());
        service.put("cpus", container.cpus());
        service.put("pids_limit", container.agent().limits().pids());
        return service;
    }
}
