package io.github.claudefleet.console;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.claudefleet.fleet.AgentStatus;
import io.github.claudefleet.plan.AgentState;
import io.github.claudefleet.spec.FleetName;
import io.github.claudefleet.spec.KeeperState;
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
                AGENT          STATE             UPTIME  CONTAINER        IMAGE         LOGIN
                auth           ready             3h 10m  c-auth           acme/agent:1  login, shared: login
                code-reviewer  working           42s     c-code-reviewer  acme/agent:1  login, shared: login
                tester         failed (exit 78)  -       c-tester         acme/agent:1  login, shared: login""");
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
                    "container" : "c-auth",
                    "state" : "ready",
                    "image" : "acme/agent:1",
                    "login" : "login, shared: login",
                    "uptimeSeconds" : 11400
                  }, {
                    "name" : "code-reviewer",
                    "containerId" : "id-of-code-reviewer",
                    "container" : "c-code-reviewer",
                    "state" : "working",
                    "image" : "acme/agent:1",
                    "login" : "login, shared: login",
                    "uptimeSeconds" : 42
                  }, {
                    "name" : "tester",
                    "containerId" : "id-of-tester",
                    "container" : "c-tester",
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

    @Test
    void whatTheKeeperSaysIsInItsRow() {
        String state = "doing=keeping\nexpires=1795000000\nrefreshed=1794971000\nfailures=0\nrestarts=2\n";
        List<AgentStatus> rows = List.of(new AgentStatus(
                "auth",
                "id",
                "c-auth",
                AgentState.READY,
                Optional.of(Duration.ofHours(1)),
                Optional.empty(),
                "acme/agent:1",
                "login, shared: login",
                KeeperState.parse(state + "now=1794971200\n")));

        assertThat(StatusTable.of(SHOP, rows))
                .contains("auth   keeping  1h      c-auth     acme/agent:1  login, shared: login;"
                        + " renewed 3m 20s ago, token good for 8h");
        assertThat(StatusJson.of(SHOP, rows))
                .contains("\"state\" : \"keeping\"")
                .containsIgnoringWhitespaces("""
                "keeper" : {
                  "text" : "renewed 3m 20s ago, token good for 8h",
                  "tokenExpiresAt" : "2026-11-18T11:06:40Z",
                  "renewedAt" : "2026-11-18T03:03:20Z",
                  "failuresInARow" : 0,
                  "restarts" : 2
                }""");
    }

    private static AgentStatus row(String agent, AgentState state, Duration uptime, Integer exitCode) {
        return new AgentStatus(
                agent,
                "id-of-" + agent,
                "c-" + agent,
                state,
                Optional.ofNullable(uptime),
                Optional.ofNullable(exitCode),
                "acme/agent:1",
                "login, shared: login",
                Optional.empty());
    }
}
