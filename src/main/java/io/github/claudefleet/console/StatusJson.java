package io.github.claudefleet.console;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.claudefleet.fleet.AgentStatus;
import io.github.claudefleet.spec.FleetName;
import io.github.claudefleet.spec.KeeperState;
import java.util.List;

/** Formats a fleet's status as JSON for scripts: {@code {"fleet": …, "agents": [{"name", "state", …}]}}. */
public final class StatusJson {

    private static final ObjectMapper JSON = new ObjectMapper();

    private StatusJson() {}

    /** Returns the JSON, indented, with a line end. */
    public static String of(FleetName fleet, List<AgentStatus> rows) {
        ObjectNode root = JSON.createObjectNode().put("schemaVersion", 1).put("fleet", fleet.value());
        ArrayNode agents = root.putArray("agents");
        rows.forEach(row -> write(agents.addObject(), row));
        try {
            return JSON.writerWithDefaultPrettyPrinter().writeValueAsString(root) + "\n";
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a tree of texts and numbers is always JSON", e);
        }
    }

    private static void write(ObjectNode node, AgentStatus row) {
        node.put("name", row.agent())
                .put("containerId", row.containerId())
                .put("container", row.container())
                .put("state", row.value())
                .put("image", row.image())
                .put("login", row.login());
        row.uptime().ifPresent(uptime -> node.put("uptimeSeconds", uptime.toSeconds()));
        row.exitCode().ifPresent(code -> node.put("exitCode", code));
        row.keeper().ifPresent(keeper -> write(node.putObject("keeper"), keeper));
    }

    private static void write(ObjectNode node, KeeperState keeper) {
        node.put("text", keeper.text());
        keeper.expires().ifPresent(end -> node.put("tokenExpiresAt", end.toString()));
        keeper.renewed().ifPresent(time -> node.put("renewedAt", time.toString()));
        node.put("failuresInARow", keeper.failures()).put("restarts", keeper.restarts());
    }
}
