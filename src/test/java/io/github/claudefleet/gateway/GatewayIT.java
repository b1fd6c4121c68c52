package io.github.claudefleet.gateway;

import static io.github.claudefleet.gateway.WayOut.Reach.CONTROLLED;
import static io.github.claudefleet.gateway.WayOut.Reach.EVERYWHERE;
import static io.github.claudefleet.gateway.WayOut.Reach.WITH_SERVICES;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.claudefleet.docker.DockerEngines;
import io.github.claudefleet.engine.ContainerEngine;
import io.github.claudefleet.host.HostUser;
import io.github.claudefleet.it.DockerCommand;
import io.github.claudefleet.spec.Exposure;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An attacker within an agent's container tries all ways out: docs/fence.md. */
class GatewayIT {

    private static final String CANARY = "canary-" + UUID.randomUUID();
    private static final String API = "api.anthropic.com";
    /** In bin/test --matrix, five minutes as in the default limits of many servers and proxies. */
    private static final Duration PAUSE = Duration.ofSeconds(Boolean.getBoolean("matrix.all") ? 310 : 65);

    @TempDir
    private static Path folder;

    private static final DockerCommand DOCKER = new DockerCommand();
    private static ContainerEngine engine;
    private static TestNetworks networks;
    private static HostListener host;
    private static Fence fence;
    private static World world;
    private static Map<String, Object> target;
    private static List<Outcome> outcomes;
    /** A second one for what agents do all day, since tests attack and kill the gateway of the first. */
    private static Fence patient;

    @BeforeAll
    static void attack() throws Exception {
        engine = DockerEngines.connect(Optional.empty(), System.getenv(), HostUser.home());
        networks = TestNetworks.create(DOCKER);
        host = new HostListener(networks.bridge());
        fence = new Fence(DOCKER, engine, GatewayImage.ensure(), folder, new TestPolicy());
        startAll();
        beginPauses();
        outcomes = new ArrayList<>(fence.attack("attacker", target, WayOut.of("attacker", CONTROLLED)));
        outcomes.addAll(fence.attack("attacker", target, WayOut.of("attacker", EVERYWHERE)));
        outcomes.addAll(fence.attack("attacker", target, WayOut.of("attacker", WITH_SERVICES)));
        outcomes.addAll(fence.attack("guarded", target, WayOut.of("guarded", EVERYWHERE)));
    }

    /** Begins the pauses beside all tests, since they take long and no processor. */
    private static void beginPauses() throws Exception {
        patient = new Fence(DOCKER, engine, GatewayImage.ensure(), folder, new TestPolicy());
        patient.createGateway(world, CANARY, "--network", networks.fleet(), "--dns", world.address());
        DOCKER.run("network", "connect", networks.internet(), patient.gateway());
        patient.startGateway();
        patient.startAgent("attacker", GatewayImage.BASE);
        patient.begin("attacker", "pauses", String.valueOf(PAUSE.toMillis()));
    }

    @AfterAll
    static void removeAll() throws Exception {
        if (patient != null) {
            patient.close();
        }
        if (fence != null) {
            fence.close();
        }
        if (host != null) {
            host.close();
        }
        if (networks != null) {
            networks.close();
        }
        engine.close();
    }

    private static void startAll() throws Exception {
        String gatewayAddress = networks.address(11);
        String internet = networks.address(10);
        String id = fence.startWorld(names(internet, gatewayAddress), "--network", networks.fleet());
        DOCKER.run("network", "connect", "--ip", internet, networks.internet(), id);
        DOCKER.run("network", "connect", "--ip", TestNetworks.METADATA, networks.metadata(), id);
        DOCKER.run("start", id);
        world = World.await(DOCKER, id);
        fence.createGateway(world, CANARY, "--network", networks.fleet(), "--dns", world.address());
        DOCKER.run("network", "connect", "--ip", gatewayAddress, networks.internet(), fence.gateway());
        DOCKER.run("network", "connect", networks.metadata(), fence.gateway());
        fence.startGateway();
        for (String agent : List.of("attacker", "guarded", "auditor", "walled")) {
            fence.startAgent(agent, GatewayImage.BASE);
        }
        target = new HashMap<>(Map.of(
                "public",
                internet,
                "private",
                world.address(),
                "metadata",
                TestNetworks.METADATA,
                "bridge",
                networks.bridge(),
                "bridgePort",
                host.port(),
                "gateway",
                gatewayAddress,
                "key",
                CANARY));
    }

    private static Map<String, String> names(String internet, String gateway) {
        Map<String, String> names = new HashMap<>(Map.of(
                "private.wild.test",
                "private",
                "loop.allowed.test",
                "127.0.0.1",
                "meta.allowed.test",
                TestNetworks.METADATA,
                "self.allowed.test",
                gateway));
        for (String name :
                List.of(API, "allowed.test", "paths.allowed.test", "ok.wild.test", "evil.test", "*.evil.test")) {
            names.put(name, internet);
        }
        return names;
    }

    @Test
    void nobodyOutsideHearsOfTheAttacks() throws Exception {
        assertThat(world.heard()).filteredOn(mark -> !mark.endsWith("-open")).isEmpty();
        assertThat(host.heard()).filteredOn(mark -> !mark.endsWith("-open")).isEmpty();
    }

    @Test
    void everyAttemptEndsInARefusalOrNowhere() {
        assertThat(outcomes).filteredOn(outcome -> !outcome.isHarmless()).isEmpty();
    }

    @Test
    void theDocumentTellsWhatCameOut() throws IOException {
        Path document = Path.of("docs", "fence.md");
        String now = FenceDocument.with(Files.readString(document), outcomes);
        if (Boolean.getBoolean("update")) {
            Files.writeString(document, now);
        }
        assertThat(Files.readString(document)).isEqualTo(now);
    }

    @Test
    void theTableOfSecurityTellsWhatAnAgentCanDo() throws Exception {
        startOpen("free");
        SecurityTable table = new SecurityTable(fence, world, target, CANARY);
        Map<String, String> modes =
                Map.of("attacker", "`allow`, `none`", "walled", "`allow`, `none`", "auditor", "`audit`");
        Set<String> rows = new TreeSet<>(Set.of("| `open` | " + table.open("free") + " |"));
        try {
            for (Exposure exposure : Exposure.values()) {
                for (String agent : modes.keySet()) {
                    rows.add("| " + modes.get(agent) + " | " + table.fenced(agent, exposure) + " |");
                }
            }
        } finally {
            fence.apply(fence.policy().text("gateway"));
        }

        String document = Files.readString(Path.of("docs", "security.md"));
        String section = document.substring(document.indexOf("\n## The way out\n"));
        assertThat(section.lines()
                        .dropWhile(line -> !line.startsWith("|---"))
                        .skip(1)
                        .takeWhile(line -> line.startsWith("|")))
                .containsExactlyInAnyOrderElementsOf(rows);
    }

    private static void startOpen(String name) throws Exception {
        fence.startOpen(name, GatewayImage.BASE, "--network", networks.fleet(), "--dns", world.address());
        DOCKER.run("network", "connect", networks.internet(), fence.container(name));
        DOCKER.run("network", "connect", networks.metadata(), fence.container(name));
        DOCKER.run("start", fence.container(name));
    }

    /** Shows that the attacker bites, and that the listeners hear. */
    @Test
    void withoutTheFenceTheAttacksSucceed() throws Exception {
        startOpen("open");
        Map<String, Object> open = new HashMap<>(target);
        open.put("open", true);
        List<String> ways = WayOut.of("attacker", CONTROLLED);

        fence.attack("open", open, ways);

        List<String> marks = ways.stream().map(way -> "leak-" + way + "-open").toList();
        List<String> heard = new ArrayList<>(world.heard());
        heard.addAll(host.heard());
        assertThat(heard).containsAll(marks);
    }

    @Test
    void whatIsAllowedWorksAndTheCredentialGoesToTheApiAlone() throws Exception {
        assertThat(fence.saw("attacker", target, "allowed")).containsOnly("HTTP 200");

        assertThat(othersThanOfTheTable(API))
                .filteredOn(headers -> headers.contains("x-api-key"))
                .isNotEmpty()
                .allMatch(headers -> headers.contains(CANARY));
        for (String other : List.of("allowed.test", "ok.wild.test", "paths.allowed.test")) {
            assertThat(othersThanOfTheTable(other)).isNotEmpty().noneMatch(headers -> headers.contains(CANARY));
        }
        assertThat(fence.saw("attacker", target, "cookies")).containsExactly("removed", "kept");
    }

    private static List<List<String>> othersThanOfTheTable(String host) throws Exception {
        return world.requestsTo(host).stream()
                .filter(headers -> headers.stream().noneMatch(header -> header.startsWith(SecurityTable.MARK)))
                .toList();
    }

    @Test
    void theCredentialIsNowhereThatAnAgentCanLook() throws Exception {
        fence.attack("attacker", target, List.of("allowed", "foreign-key", "echo"));
        String encoded = Base64.getEncoder().encodeToString(CANARY.getBytes(StandardCharsets.UTF_8));
        String script = "echo " + encoded + " | base64 -d >/dev/shm/pattern;"
                + " grep -rlsf /dev/shm/pattern / --exclude-dir=proc --exclude-dir=sys --exclude-dir=shm;"
                + " cat /proc/[0-9]*/environ /proc/[0-9]*/cmdline 2>/dev/null | grep -acf /dev/shm/pattern || :";

        assertThat(DOCKER.run("exec", fence.container("attacker"), "sh", "-c", script))
                .isEqualTo("0");
        assertThat(DOCKER.run("inspect", fence.container("attacker"))).doesNotContain(CANARY);
        assertThat(DOCKER.run("logs", fence.container("attacker"))).doesNotContain(CANARY);
        assertThat(DOCKER.run("logs", fence.gateway())).doesNotContain(CANARY).contains("\"use\"");
    }

    @Test
    void withTheCredentialInTheAgentOthersAreRefused() throws Exception {
        fence.apply(fence.policy().text("agent"));
        try {
            assertThat(fence.saw("attacker", target, "own-key")).containsOnly("HTTP 200");
            assertThat(fence.saw("attacker", target, "foreign-key"))
                    .filteredOn(word -> !word.equals("refused: credential"))
                    // A cookie is no credential of the API's, and is taken out.
                    .containsOnly("HTTP 200")
                    .hasSize(1);
            assertThat(world.heard()).doesNotContain("leak-foreign-key");
        } finally {
            fence.apply(fence.policy().text("gateway"));
        }
    }

    @Test
    void guardsEndAnAgentsRequests() throws Exception {
        assertThat(fence.saw("guarded", target, "request-limit"))
                .containsExactly("HTTP 200", "HTTP 200", "HTTP 200", "refused: maxRequests");
    }

    @Test
    void auditAllowsAllButAddressesThatAreNobodys() throws Exception {
        assertThat(fence.saw("auditor", target, "audit"))
                .startsWith("HTTP 200")
                .filteredOn(word -> !word.equals("refused: address_not_allowed"))
                .hasSize(1);
        assertThat(uses("auditor"))
                .anyMatch(use -> use.get("host").asText().equals("evil.test")
                        && use.get("requests").asInt() == 1
                        && use.get("refused").asInt() == 0);
    }

    @Test
    void noneAllowsTheApiAlone() throws Exception {
        assertThat(fence.saw("walled", target, "none")).containsExactly("refused: not_allowed", "HTTP 200");
    }

    @Test
    void streamsAndLargeAnswersPassAtOnce() throws Exception {
        assertThat(fence.saw("attacker", target, "stream")).containsExactly("5 events at once");
        assertThat(fence.saw("attacker", target, "large")).containsExactly("5 MB");
    }

    @Test
    void programsAndServersMayDoWhatTheyDoElsewhere() throws Exception {
        assertThat(patient.did("attacker"))
                .containsExactlyInAnyOrderEntriesOf(Map.ofEntries(
                        Map.entry("upload in chunks", "200 20971520 bytes, unchanged"),
                        Map.entry("upload that waits for 100", "200 20971520 bytes, unchanged"),
                        Map.entry("upload that is refused early", "413 too large"),
                        Map.entry("headers of 40 kB", "200 40000 <a>, <b>"),
                        Map.entry("early hints", "200 world"),
                        Map.entry("compressed answer", "gzip"),
                        Map.entry("not modified", "304 "),
                        Map.entry("answer without a length", "5000"),
                        Map.entry("letters that are not ASCII", "filename=\"\u00fc.jar\""),
                        Map.entry("answer that is cut off", "ECONNRESET"),
                        Map.entry("part of a file", "bytes=10-20"),
                        Map.entry("git clone and push of 60 MB", "pushed"),
                        Map.entry("connection that was idle", "closed in good order")));
        assertThat(DOCKER.run("exec", patient.container("attacker"), "cat", Fence.VOLUME + "/wgetrc"))
                .isEqualTo("ca_certificate = " + Fence.VOLUME + "/bundle.pem");
    }

    /** The pause is longer than each time limit of the gateway for what does not move, of which 60 s is the longest. */
    @Test
    void aPauseCutsNothing() throws Exception {
        assertThat(patient.done("attacker", PAUSE.multipliedBy(2)))
                .containsExactlyInAnyOrderEntriesOf(Map.of(
                        "stream that pauses", "1 event after its pause",
                        "answer that is late", "200 world",
                        "upload that halts", "200 2 bytes"));
    }

    @Test
    void anAgentThatHoldsConnectionsHoldsUpNobodyElse() throws Exception {
        fence.attackBeside("guarded", "slowloris");

        assertThat(fence.saw("walled", target, "none")).containsExactly("refused: not_allowed", "HTTP 200");
    }

    @Test
    void aPolicyThatIsNoneIsRefusedAndTheOldOneStays() throws Exception {
        fence.upload("{\"version\":1,\"policies\":\"" + CANARY + "\"}");
        DOCKER.awaitLog(fence.gateway(), "policies must be a list");

        assertThat(fence.saw("attacker", target, "hello")).containsOnly("HTTP 200");
        assertThat(DOCKER.run("logs", fence.gateway())).doesNotContain(CANARY);
        fence.apply(fence.policy().text("gateway"));
    }

    @Test
    void aChangedPolicyIsInForceForTunnelsThatAreOpenToo() throws Exception {
        String policy = fence.policy().text("gateway");
        fence.attackBeside("attacker", "stream");
        try {
            fence.apply(policy.replace("\"allowed.test\"", "\"other.test\""));
            assertThat(fence.saw("attacker", target, "hello")).containsExactly("HTTP 200", "refused: not_allowed");

            fence.apply(fence.policy().textWithout("walled"));
            assertThat(fence.saw("walled", target, "none")).containsOnly("closed");
        } finally {
            fence.apply(policy);
        }
        assertThat(fence.saw("attacker", target, "hello")).containsOnly("HTTP 200");
        assertThat(fence.saw("walled", target, "none")).containsExactly("refused: not_allowed", "HTTP 200");
    }

    /** The gateway can't resolve a name here, so that all has gone through the proxy. */
    @Test
    void aCompanysProxyIsUsedForEverything(@TempDir Path own) throws Exception {
        try (Fence behind = new Fence(DOCKER, engine, GatewayImage.ensure(), own, new TestPolicy())) {
            String proxy = "HTTPS_PROXY=http://" + world.address() + ":3129";
            behind.createGateway(world, CANARY, "--network", networks.fleet(), "--env", proxy);
            behind.startGateway();
            behind.startAgent("attacker", GatewayImage.BASE);

            assertThat(behind.saw("attacker", target, "hello")).containsOnly("HTTP 200");
            assertThat(world.tunnels()).contains("allowed.test:443", API + ":443");
        }
    }

    @Test
    void fiftyStreamsFitIntoItsMemory() throws Exception {
        assertThat(patient.saw("attacker", target, "streams")).hasSize(50).allMatch(saw -> saw.startsWith("20 events"));

        String usage = DOCKER.run("stats", "--no-stream", "--format", "{{.MemUsage}}", patient.gateway());
        assertThat(usage).matches("\\d{2}(\\.\\d+)?MiB / 256MiB");
    }

    @Test
    void aDeadGatewayIsClosedAndARestartedOneIsTheSame() throws Exception {
        String authority = DOCKER.run("exec", fence.container("walled"), "cat", Fence.VOLUME + "/ca.pem");
        DOCKER.run("kill", fence.gateway());

        assertThat(fence.saw("walled", target, "none")).containsOnly("closed");

        long before = fence.said("ready").count();
        DOCKER.run("start", fence.gateway());
        for (int tries = 0; tries < 100 && fence.said("ready").count() == before; tries++) {
            Thread.sleep(100);
        }
        assertThat(fence.saw("walled", target, "none")).containsExactly("refused: not_allowed", "HTTP 200");
        assertThat(DOCKER.run("exec", fence.container("walled"), "cat", Fence.VOLUME + "/ca.pem"))
                .isEqualTo(authority);
    }

    private static List<JsonNode> uses(String agent) throws IOException, InterruptedException {
        return fence.said("use")
                .filter(use -> use.get("agent").asText().equals(agent))
                .toList();
    }
}
