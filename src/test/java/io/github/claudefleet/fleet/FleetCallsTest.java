package io.github.claudefleet.fleet;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.claudefleet.engine.ContainerEngine;
import io.github.claudefleet.engine.EngineCalls;
import io.github.claudefleet.engine.LabelSelector;
import io.github.claudefleet.host.Liveness;
import io.github.claudefleet.spec.EgressSpec;
import io.github.claudefleet.spec.FleetSpec;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Counts the calls of the engine that a goal makes. */
class FleetCallsTest {

    private static final int MANY = 100;

    /** Number of calls by kind of object and operation. */
    private final Map<String, Integer> calls = new ConcurrentHashMap<>();

    private Optional<LabelSelector> only = Optional.empty();

    @TempDir
    private Path folder;

    @Test
    void aStartObservesTheFleetOnceBeforeAndOnceAfterHoweverManyAgentsItHas() throws InterruptedException {
        FleetFixture one = new FleetFixture(folder);
        FleetSpec spec = one.withToken("one", "two", "three").toSpec();
        only = Optional.of(LabelSelector.of(spec.id()));

        fleet(one).start(spec);

        assertThat(calls)
                .containsEntry("containers.list", 2)
                .containsEntry("networks.list", 1)
                .containsEntry("volumes.list", 1);
    }

    @Test
    void aGatewayCostsTwoCommandsAndOneWithNothingChanged() throws InterruptedException {
        FleetFixture one = new FleetFixture(folder);
        FleetSpec spec =
                one.withToken("one", "two", "three").egress(EgressSpec.DEFAULT).toSpec();

        fleet(one).start(spec);

        assertThat(commandsInGateway(one)).isEqualTo(2);
        one.engine.forget();
        fleet(one).start(spec);
        assertThat(commandsInGateway(one)).isEqualTo(1);
    }

    private static long commandsInGateway(FleetFixture fixture) {
        String id = fixture.engine.named("claude-fleet-shop-c0ffee00-gateway").id();
        return fixture.engine.execs().stream()
                .filter(request -> request.containerId().equals(id))
                .count();
    }

    @Test
    void aStartWithNothingToDoReadsEachAgentsLogAndNothingElseOfIt() throws Exception {
        assertThat(more(this::callsOfASecondStart)).containsExactly(Map.entry("logs.read", MANY - 1));
    }

    @Test
    void aStatusReadsEachAgentsLogAndStartTime() throws Exception {
        assertThat(more(this::callsOfAStatus))
                .containsExactly(Map.entry("containers.find", MANY - 1), Map.entry("logs.read", MANY - 1));
    }

    @Test
    void aStopRemovesEachAgentByItsOwnCallsAlone() throws Exception {
        assertThat(more(this::callsOfAStop))
                .containsExactly(Map.entry("containers.remove", MANY - 1), Map.entry("containers.stop", MANY - 1));
    }

    @FunctionalInterface
    private interface Counted {
        Map<String, Integer> callsFor(int agents) throws Exception;
    }

    /** Returns the calls that a fleet of many agents needs more than a fleet of one. */
    private static Map<String, Integer> more(Counted goal) throws Exception {
        Map<String, Integer> one = goal.callsFor(1);
        Map<String, Integer> more = new TreeMap<>(goal.callsFor(MANY));
        one.forEach((method, number) -> more.merge(method, -number, Integer::sum));
        more.values().removeIf(number -> number == 0);
        return more;
    }

    private Map<String, Integer> callsOfASecondStart(int agents) throws Exception {
        FleetFixture fixture = fixture(agents);
        FleetSpec spec = spec(fixture, agents);
        fleet(fixture).start(spec);
        calls.clear();
        fleet(fixture).start(spec);
        return Map.copyOf(calls);
    }

    private Map<String, Integer> callsOfAStatus(int agents) throws Exception {
        FleetFixture fixture = fixture(agents);
        FleetSpec spec = spec(fixture, agents);
        fleet(fixture).start(spec);
        calls.clear();
        fleet(fixture).status(new FleetSelector(spec.id(), false, false));
        return Map.copyOf(calls);
    }

    private Map<String, Integer> callsOfAStop(int agents) throws Exception {
        FleetFixture fixture = fixture(agents);
        FleetSpec spec = spec(fixture, agents);
        fleet(fixture).start(spec);
        calls.clear();
        fleet(fixture).stop(new FleetSelector(spec.id(), false, false), spec.timeouts(), folder.resolve("results"));
        return Map.copyOf(calls);
    }

    private FleetFixture fixture(int agents) throws IOException {
        return new FleetFixture(Files.createDirectory(folder.resolve(String.valueOf(agents))));
    }

    private static FleetSpec spec(FleetFixture fixture, int agents) {
        return fixture.withToken(IntStream.rangeClosed(1, agents)
                        .mapToObj(number -> "agent-" + number)
                        .toArray(String[]::new))
                .overcommit()
                .toSpec();
    }

    private Fleet fleet(FleetFixture fixture) {
        return fixture.fleet(counting(fixture.engine), owner -> Liveness.UNKNOWN);
    }

    /** Counts the calls, or only the lists that choose one fleet's resources. */
    private ContainerEngine counting(ContainerEngine engine) {
        return EngineCalls.of(engine, (call, arguments) -> {
            if (only.isEmpty() || arguments != null && arguments[0].equals(only.get())) {
                calls.merge(call, 1, Integer::sum);
            }
        });
    }
}
