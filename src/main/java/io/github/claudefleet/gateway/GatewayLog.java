package io.github.claudefleet.gateway;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.claudefleet.engine.ContainerEngine;
import io.github.claudefleet.engine.LogRequest;
import io.github.claudefleet.engine.LogStream;
import io.github.claudefleet.spec.EgressUse;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;

/** Reads from a gateway's log what its agents asked for. Its counts begin anew when the gateway does. */
public final class GatewayLog {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Duration LIMIT = Duration.ofMinutes(1);
    /** Top-level domain of the names with which an agent proves its fence. */
    private static final String PROBED = ".invalid";

    /** Counts of the gateway's earlier lives: the engine starts it again if it ends. */
    private final Map<EgressUse, EgressUse> before = new HashMap<>();

    private final Map<EgressUse, EgressUse> last = new HashMap<>();

    private GatewayLog() {}

    /**
     * Returns the use of each agent, host and reason, refusals first.
     *
     * @throws io.github.claudefleet.engine.EngineException if the engine can't read the log
     */
    public static List<EgressUse> read(ContainerEngine engine, String containerId) throws InterruptedException {
        GatewayLog log = new GatewayLog();
        LogRequest request = new LogRequest(containerId, false, OptionalInt.empty());
        try (LogStream stream = engine.logs().read(request, log::line)) {
            stream.awaitEnd(LIMIT);
        }
        return log.uses();
    }

    private void line(String line) {
        if (line.startsWith("{\"gateway\":\"ready\"")) {
            last.forEach((key, use) -> before.merge(key, use, GatewayLog::sum));
            last.clear();
            return;
        }
        if (!line.startsWith("{\"gateway\":\"use\"")) {
            return;
        }
        try {
            add(JSON.readTree(line));
        } catch (JsonProcessingException e) {
            // A line that was cut when the gateway was killed; an earlier one has most of its count.
            return;
        }
    }

    private void add(JsonNode line) {
        String host = line.path("host").asText();
        if (host.endsWith(PROBED)) {
            return;
        }
        EgressUse use = new EgressUse(
                line.path("agent").asText(),
                host,
                line.path("port").asInt(),
                line.path("requests").asLong(),
                line.path("refused").asLong(),
                line.path("reason").asText());
        last.put(keyOf(use), use);
    }

    private List<EgressUse> uses() {
        Map<EgressUse, EgressUse> all = new HashMap<>(before);
        last.forEach((key, use) -> all.merge(key, use, GatewayLog::sum));
        return all.values().stream().sorted(EgressUse.ORDER).toList();
    }

    private static EgressUse keyOf(EgressUse use) {
        return new EgressUse(use.agent(), use.host(), use.port(), 0, 0, use.reason());
    }

    private static EgressUse sum(EgressUse one, EgressUse other) {
        return new EgressUse(
                one.agent(),
                one.host(),
                one.port(),
                one.requests() + other.requests(),
                one.refused() + other.refused(),
                one.reason());
    }
}
