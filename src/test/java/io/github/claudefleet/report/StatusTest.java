package io.github.claudefleet.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.claudefleet.plan.AgentState;
import io.github.claudefleet.spec.FleetName;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class StatusTest {

    private static final FleetName SHOP = new FleetName("shop");

    private static final List<AgentStatus> ROWS = List.of(
            row("auth", AgentState.READY, Duration.ofMinutes(190), null),
            row("code-reviewer", AgentState.WORKING, Duration.ofSeconds(42), null),
            row("tester", AgentState.FAILED, null, 78));

    @Test
    void aTableIsAsWideAsWhatIsInIt() {
        assertThat(String.join("\n", StatusTable.of(SHOP, ROWS))).isEqualTo("""
                Fleet shop
                AGENT          STATE             UPTIME  IMAGE         LOGIN
                auth           ready             3h 10m  acme/agent:1  login, shared: login
                code-reviewer  working           42s     acme/agent:1  login, shared: login
                tester         failed (exit 78)  -       acme/agent:1  login, shared: login""");
    }

    @Test
    void anEmptyTableSaysHowToFillIt() {
        assertThat(StatusTable.of(SHOP, List.of()))
                .containsExactly("Fleet shop: nothing is up. Start it with: mvn claude-fleet:start");
    }

    @Test
    void asJsonItHasWhatAScriptAsksFor() {
        assertThat(StatusJson.of(SHOP, ROWS)).isEqualToNormalizingNewlines("""
                {
                  "schemaVersion" : 1,
                  "fleet" : "shop",
                  "agents" : [ {
                    "name" : "auth",
                    "containerId" : "id-of-auth",
                    "state" : "ready",
                    "image" : "acme/agent:1",
                    "login" : "login, shared: login",
                    "uptimeSeconds" : 11400
                  }, {
                    "name" : "code-reviewer",
                    "containerId" : "id-of-code-reviewer",
                    "state" : "working",
                    "image" : "acme/agent:1",
                    "login" : "login, shared: login",
                    "uptimeSeconds" : 42
                  }, {
                    "name" : "tester",
                    "containerId" : "id-of-tester",
                    "state" : "failed",
                    "image" : "acme/agent:1",
                    "login" : "login, shared: login",
                    "exitCode" : 78
                  } ]
                }
                """);
    }

    @Test
    void asJsonAnEmptyFleetHasAnEmptyList() {
        assertThat(StatusJson.of(SHOP, List.of())).contains("\"agents\" : [ ]");
    }

    private static AgentStatus row(String agent, AgentState state, Duration uptime, Integer exitCode) {
        return new AgentStatus(
                agent,
                "id-of-" + agent,
                state,
                Optional.ofNullable(uptime),
                Optional.ofNullable(exitCode),
                "acme/agent:1",
                "login, shared: login");
    }
}
