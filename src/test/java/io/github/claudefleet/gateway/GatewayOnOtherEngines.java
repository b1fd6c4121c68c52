package io.github.claudefleet.gateway;

import static io.github.claudefleet.gateway.WayOut.Reach.CONTROLLED;
import static io.github.claudefleet.gateway.WayOut.Reach.EVERYWHERE;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.claudefleet.docker.DockerEngines;
import io.github.claudefleet.engine.ContainerEngine;
import io.github.claudefleet.host.HostUser;
import io.github.claudefleet.it.OwnEngine;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The ways out that need no services outside, on an engine of the test's own. */
abstract class GatewayOnOtherEngines {

    private static final String NOBODYS = "203.0.113.1";

    /** Creates the engine. */
    abstract OwnEngine createEngine() throws Exception;

    @Test
    void nothingGetsOutAndWhatIsAllowedWorks(@TempDir Path folder) throws Exception {
        String image = GatewayImage.ensure();
        try (OwnEngine own = createEngine()) {
            // In two steps, since each has a time limit.
            own.load(GatewayImage.BASE);
            own.load(image);
            try (ContainerEngine engine = DockerEngines.connect(Optional.of(own.address()), Map.of(), HostUser.home());
                    Fence fence = new Fence(own.docker(), engine, image, folder, new TestPolicy())) {
                attack(own, fence, image);
            }
        }
    }

    private void attack(OwnEngine own, Fence fence, String image) throws Exception {
        // The gateway has the loopback of the services, since not every engine has a network of its own here.
        String id = fence.startWorld(Map.of(), "--network", "none");
        own.docker().run("start", id);
        World world = World.await(own.docker(), id);
        fence.policy().allow(world.address(), 8443);
        fence.createGateway(world, "canary", "--network", "container:" + id);
        fence.startGateway();
        fence.startAgent("attacker", GatewayImage.BASE);
        fence.startAgent("guarded", GatewayImage.BASE);
        Map<String, Object> target = Map.of(
                "public",
                "203.0.113.10",
                "private",
                world.address(),
                "metadata",
                TestNetworks.METADATA,
                "bridge",
                NOBODYS,
                "bridgePort",
                9000,
                "gateway",
                "203.0.113.11");

        List<Outcome> outcomes =
                new ArrayList<>(fence.attack("attacker", target, WayOut.of("attacker", CONTROLLED, EVERYWHERE)));
        outcomes.addAll(fence.attack("guarded", target, WayOut.of("guarded", EVERYWHERE)));

        assertThat(fence.saw("attacker", target, "literal")).containsExactly("HTTP 200");
        assertThat(outcomes).filteredOn(outcome -> !outcome.isHarmless()).isEmpty();
        assertThat(world.heard()).isEmpty();
        assertThat(Files.readString(Path.of("docs", "fence.md")))
                .contains(outcomes.stream().map(GatewayOnOtherEngines::cell).toList());
    }

    private static String cell(Outcome outcome) {
        String way = WayOut.ALL.stream()
                .filter(each -> each.name().equals(outcome.way()))
                .findFirst()
                .orElseThrow()
                .text();
        return "| " + way + " | " + outcome.text() + " |";
    }
}
