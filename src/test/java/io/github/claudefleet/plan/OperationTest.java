package io.github.claudefleet.plan;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.claudefleet.engine.ContainerRequest;
import io.github.claudefleet.engine.NetworkRequest;
import io.github.claudefleet.engine.VolumeRequest;
import io.github.claudefleet.spec.FleetSpec;
import io.github.claudefleet.spec.Shop;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class OperationTest {

    private static final FleetSpec SPEC = Shop.fleet("a").toSpec();
    private static final ContainerRequest REQUEST =
            ObservedFixture.requestFactory(SPEC).auth();

    /** One operation of each kind. */
    private static final List<Operation> OPERATIONS = List.of(
            new Operation.PullImage("acme/agent:1"),
            new Operation.BuildImage(ObservedFixture.target(SPEC)),
            new Operation.CreateNetwork(new NetworkRequest("claude-fleet-shop-c0ffee00", Map.of())),
            new Operation.CreateVolume(VolumeRequest.onDisk("kit", Map.of())),
            new Operation.CreateContainer(Role.AUTH, REQUEST),
            new Operation.ReplaceContainer(Role.AUTH, "id", REQUEST),
            new Operation.RemoveContainer(Role.AGENT, "id", "claude-fleet-shop-c0ffee00-a"),
            new Operation.RemoveNetwork("id", "claude-fleet-shop-c0ffee00"),
            new Operation.RemoveVolume("kit"));

    @Test
    void eachKindHasItsWords() {
        assertThat(OPERATIONS).extracting(Operation::getClass).hasSize(Operation.class.getPermittedSubclasses().length);
        assertThat(OPERATIONS)
                .extracting(Operation::text)
                .containsExactly(
                        "pull image acme/agent:1",
                        "build image acme/agent:1",
                        "create network claude-fleet-shop-c0ffee00",
                        "create volume kit",
                        "create container claude-fleet-shop-c0ffee00-auth",
                        "replace container claude-fleet-shop-c0ffee00-auth",
                        "remove container claude-fleet-shop-c0ffee00-a",
                        "remove network claude-fleet-shop-c0ffee00",
                        "remove volume kit");
    }

    @Test
    void eachKindHasItsWordsForWhenItIsDone() {
        assertThat(OPERATIONS)
                .extracting(Operation::textWhenDone)
                .containsExactly(
                        "pulled image acme/agent:1",
                        "built image acme/agent:1",
                        "created network claude-fleet-shop-c0ffee00",
                        "created volume kit",
                        "created container claude-fleet-shop-c0ffee00-auth",
                        "replaced container claude-fleet-shop-c0ffee00-auth",
                        "removed container claude-fleet-shop-c0ffee00-a",
                        "removed network claude-fleet-shop-c0ffee00",
                        "removed volume kit");
    }
}
