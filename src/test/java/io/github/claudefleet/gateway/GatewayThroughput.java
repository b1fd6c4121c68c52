package io.github.claudefleet.gateway;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.claudefleet.docker.DockerEngines;
import io.github.claudefleet.engine.ContainerEngine;
import io.github.claudefleet.host.HostUser;
import io.github.claudefleet.it.DockerCommand;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Measures, round by round, what fifty clients get through a gateway and without one. Run by bin/bench. */
public final class GatewayThroughput {

    private static final String CLIENTS = "50";

    private final DockerCommand docker = new DockerCommand();
    private final TestNetworks networks;
    private final Fence fence;
    private World world;

    private GatewayThroughput(TestNetworks networks, Fence fence) {
        this.networks = networks;
        this.fence = fence;
    }

    /** @param arguments not used */
    public static void main(String... arguments) throws Exception {
        DockerCommand docker = new DockerCommand();
        Path folder = Files.createTempDirectory("claude-fleet-throughput");
        try (ContainerEngine engine = DockerEngines.connect(Optional.empty(), System.getenv(), HostUser.home());
                TestNetworks networks = TestNetworks.create(docker);
                Fence fence = new Fence(docker, engine, GatewayImage.ensure(), folder, new TestPolicy())) {
            new GatewayThroughput(networks, fence).run(Integer.getInteger("bench.rounds", 5));
        }
    }

    private void run(int rounds) throws Exception {
        start();
        List<JsonNode> direct = new ArrayList<>();
        List<JsonNode> through = new ArrayList<>();
        for (int round = 0; round < rounds; round++) {
            direct.add(measure("open", "direct", world.address()));
            through.add(measure("attacker", "proxied"));
        }
        System.out.printf("%n| %s clients | without a gateway | through it |%n|---|---|---|%n", CLIENTS);
        for (String figure : List.of("megabytesPerSecond", "delayMillis")) {
            System.out.printf("| %s | %s | %s |%n", figure, text(direct, figure), text(through, figure));
        }
        System.out.println("Gateway afterwards: "
                + docker.run("stats", "--no-stream", "--format", "{{.MemUsage}}", fence.gateway()));
    }

    private void start() throws Exception {
        String id = fence.startWorld(Map.of("allowed.test", "private"), "--network", networks.fleet());
        docker.run("start", id);
        world = World.await(docker, id);
        fence.createGateway(world, "canary", "--network", networks.fleet(), "--dns", world.address());
        fence.startGateway();
        fence.startAgent("attacker", GatewayImage.BASE);
        fence.startOpen("open", GatewayImage.BASE, "--network", networks.fleet());
        docker.run("start", fence.container("open"));
    }

    private JsonNode measure(String agent, String... way) throws IOException, InterruptedException {
        List<String> command =
                new ArrayList<>(List.of("exec", fence.container(agent), "node", "/attack/throughput.mjs", CLIENTS));
        command.addAll(List.of(way));
        return Json.lines(docker.run(command.toArray(String[]::new)))
                .findFirst()
                .orElseThrow();
    }

    /** Returns the median, with the lowest and highest value in parentheses. */
    private static String text(List<JsonNode> measured, String figure) {
        List<Double> sorted = measured.stream()
                .map(each -> each.get(figure).asDouble())
                .sorted()
                .toList();
        return String.format(
                Locale.ROOT,
                "%.0f (%.0f – %.0f)",
                sorted.get(sorted.size() / 2),
                sorted.get(0),
                sorted.get(sorted.size() - 1));
    }
}
