package io.github.claudefleet.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.claudefleet.engine.ContainerState;
import io.github.claudefleet.engine.FakeEngine;
import io.github.claudefleet.spec.EgressUse;
import java.util.List;
import org.junit.jupiter.api.Test;

class GatewayLogTest {

    private static final String READY = "{\"gateway\":\"ready\",\"version\":1}";

    @Test
    void aCountStandsForAllBeforeIt() throws InterruptedException {
        assertThat(read(READY, use("tester", "a.example", 1, 0, ""), use("tester", "a.example", 7, 0, "")))
                .containsExactly(new EgressUse("tester", "a.example", 443, 7, 0, ""));
    }

    @Test
    void agentsHostsAndReasonsAreCountedEachByThemselvesRefusalsFirst() throws InterruptedException {
        assertThat(read(
                        use("tester", "a.example", 2, 0, ""),
                        use("tester", "a.example", 0, 1, "request"),
                        use("reviewer", "a.example", 0, 4, "not_allowed"),
                        use("reviewer", "b.example", 1, 0, "")))
                .containsExactly(
                        new EgressUse("reviewer", "a.example", 443, 0, 4, "not_allowed"),
                        new EgressUse("tester", "a.example", 443, 0, 1, "request"),
                        new EgressUse("reviewer", "b.example", 443, 1, 0, ""),
                        new EgressUse("tester", "a.example", 443, 2, 0, ""));
    }

    @Test
    void anAllowedUseNeedsNoReason() throws InterruptedException {
        assertThat(read("{\"gateway\":\"use\",\"agent\":\"tester\",\"host\":\"a.example\",\"port\":80,\"requests\":3,"
                        + "\"refused\":0}"))
                .containsExactly(new EgressUse("tester", "a.example", 80, 3, 0, ""));
    }

    @Test
    void aGatewayThatWasStartedAgainCountsAnewAndNothingIsLost() throws InterruptedException {
        assertThat(read(
                        READY,
                        use("tester", "a.example", 5, 0, ""),
                        use("tester", "b.example", 0, 2, "port"),
                        READY,
                        use("tester", "a.example", 5, 0, ""),
                        use("tester", "a.example", 6, 0, ""),
                        READY,
                        use("tester", "a.example", 1, 0, "")))
                .as("also if a new count is as high as the former one")
                .containsExactly(
                        new EgressUse("tester", "b.example", 443, 0, 2, "port"),
                        new EgressUse("tester", "a.example", 443, 12, 0, ""));
    }

    @Test
    void whatIsNoCountIsLeftOut() throws InterruptedException {
        assertThat(read(
                        "{\"gateway\":\"policy\",\"digest\":\"00ff\"}",
                        "{\"gateway\":\"use\",\"agent\":\"tester\",\"host\":\"cut.exa",
                        "warning: not JSON at all",
                        "",
                        use("tester", "fence.invalid", 0, 1, "not_allowed"),
                        use("tester", "invalid.example", 1, 0, "")))
                .containsExactly(new EgressUse("tester", "invalid.example", 443, 1, 0, ""));
    }

    @Test
    void anAgentThatAskedForNothingHasNoLine() throws InterruptedException {
        assertThat(read(READY)).isEmpty();
    }

    private static List<EgressUse> read(String... lines) throws InterruptedException {
        FakeEngine engine = new FakeEngine()
                .put(RunningContainer.inState(ContainerState.RUNNING))
                .prints(RunningContainer.ID, lines);
        return GatewayLog.read(engine, RunningContainer.ID);
    }

    private static String use(String agent, String host, int requests, int refused, String reason) {
        return "{\"gateway\":\"use\",\"agent\":\"%s\",\"host\":\"%s\",\"port\":443,\"requests\":%d,\"refused\":%d,\"reason\":\"%s\"}"
                .formatted(agent, host, requests, refused, reason);
    }
}
