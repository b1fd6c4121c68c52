package io.github.claudefleet.docker;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.github.claudefleet.engine.ContainerEngine;
import io.github.claudefleet.engine.ContainerObservation;
import io.github.claudefleet.engine.ContainerState;
import io.github.claudefleet.engine.LabelSelector;
import io.github.claudefleet.spec.HomeDirectory;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Counts the requests for an observation of many containers, at a server that answers as an engine does. The contract
 * of the port shows on each real engine that a list reports what is taken from it.
 */
@Timeout(60)
class ListCallsTest {

    private static final String INSPECTION = """
            {"Id": "c-ended", "Name": "/ended", "Image": "sha256:1", "Config": {"Image": "acme/agent:1", "Labels":
            {"fleet": "shop"}}, "State": {"Status": "exited", "ExitCode": 3, "OOMKilled": true}}
            """;

    private final List<String> requests = new CopyOnWriteArrayList<>();
    private final List<String> listed = new ArrayList<>();
    private HttpServer server;

    @TempDir
    private Path home;

    @BeforeEach
    void listen() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            String path = exchange.getRequestURI().getPath().replaceFirst("^/v[0-9.]+", "");
            requests.add(path);
            reply(exchange, path);
        });
        server.start();
    }

    @AfterEach
    void end() {
        server.stop(0);
    }

    @Test
    void aHundredRunningContainersAreObservedByOneRequest() {
        for (int number = 1; number <= 100; number++) {
            listed.add(entry("c-" + number, "worker-" + number, "running"));
        }

        assertThat(observe()).hasSize(100);
        assertThat(requests).containsExactly("/containers/json");
    }

    @Test
    void onlyAContainerThatHasEndedIsInspected() {
        listed.add(entry("c-created", "created", "created"));
        listed.add(entry("c-ended", "ended", "exited"));
        listed.add(entry("c-running", "running", "running"));

        List<ContainerObservation> observed = observe();

        assertThat(requests).containsExactly("/containers/json", "/containers/c-ended/json");
        assertThat(observed).extracting(ContainerObservation::name).containsExactly("created", "ended", "running");
        assertThat(observed.get(1).exitCode()).hasValue(3);
        assertThat(observed.get(1).outOfMemory()).isTrue();
    }

    @Test
    void anEntryOfAListIsTheContainerWithItsOwnName() {
        listed.add(entry("c-1", "other/alias\", \"/worker-1", "running"));

        assertThat(observe())
                .containsExactly(new ContainerObservation(
                        "c-1",
                        "worker-1",
                        Map.of("fleet", "shop"),
                        "acme/agent:1",
                        "sha256:1",
                        ContainerState.RUNNING,
                        Optional.empty(),
                        Optional.of(Instant.ofEpochSecond(1_700_000_000)),
                        Optional.empty(),
                        Optional.empty(),
                        false));
    }

    private List<ContainerObservation> observe() {
        Optional<String> address =
                Optional.of("tcp://127.0.0.1:" + server.getAddress().getPort());
        try (ContainerEngine engine = DockerEngines.connect(address, Map.of(), HomeDirectory.at(home))) {
            requests.clear();
            return engine.containers().list(new LabelSelector("fleet", Optional.of("shop")));
        }
    }

    private void reply(HttpExchange exchange, String path) throws IOException {
        String body = switch (path) {
            case "/version" -> "{\"Version\": \"20.10.24\", \"ApiVersion\": \"1.41\", \"MinAPIVersion\": \"1.12\"}";
            case "/info" -> "{\"NCPU\": 2, \"MemTotal\": 1073741824}";
            case "/containers/json" -> "[" + String.join(",", listed) + "]";
            default -> INSPECTION;
        };
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", "application/json");
        exchange.sendResponseHeaders(200, bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }

    private static String entry(String id, String name, String state) {
        return """
                {"Id": "%s", "Names": ["/%s"], "Image": "acme/agent:1", "ImageID": "sha256:1", "Created": 1700000000,
                "State": "%s", "Status": "as the state says", "Labels": {"fleet": "shop"}}
                """.formatted(id, name, state);
    }
}
