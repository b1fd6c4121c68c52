package io.github.claudefleet.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.github.claudefleet.engine.ContainerEngine;
import io.github.claudefleet.engine.EngineException;
import io.github.claudefleet.engine.EngineException.Kind;
import io.github.claudefleet.engine.NetworkObservation;
import io.github.claudefleet.engine.NetworkRequest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(120)
class FaultProxyIT extends ProxiedEngineTestCase {

    private static final Duration GENEROUS = Duration.ofSeconds(30);

    FaultProxyIT() {
        super(GENEROUS);
    }

    @Test
    void whatNobodySpoilsPassesAndIsTold() {
        String id = createNetwork();

        assertThat(engine.networks().list(ours))
                .extracting(NetworkObservation::id)
                .containsExactly(id);
        assertThat(proxy.heard()).startsWith("GET /version", "GET /info").endsWith("POST /networks/create");
    }

    @Test
    void aCallIsRefusedWithTheEnginesOwnFormOfWords() {
        proxy.inject(Fault.CONFLICT, "POST", "/networks/create");

        EngineException failure = catchThrowableOfType(EngineException.class, this::createNetwork);

        assertThat(failure.kind()).isEqualTo(Kind.CONFLICT);
        assertThat(failure).hasMessage("create network " + name + ": injected: Conflict");
        assertThat(engine.networks().list(ours)).isEmpty();
    }

    @Test
    void onlyTheCallsThatAreMeantAreSpoiled() {
        Injection injection =
                proxy.inject(Fault.BROKEN, "GET", "/images/.*/json").after(1).times(1);

        assertThat(proxied.images().find("claude-fleet-test/no-such:1")).isEmpty();
        assertThat(catchThrowableOfType(
                        EngineException.class, () -> proxied.images().find("claude-fleet-test/no-such:1")))
                .hasMessageContaining("injected: Internal Server Error");
        assertThat(proxied.images().find("claude-fleet-test/no-such:1")).isEmpty();
        assertThat(injection.hits()).isEqualTo(1);
    }

    @Test
    void anAnswerThatNeverComesIsWaitedForUntilTheLimit() {
        proxy.inject(Fault.STALLED, "GET", "/images/.*/json");

        EngineException failure;
        try (ContainerEngine hurried = proxiedWithin(Duration.ofSeconds(2))) {
            failure = catchThrowableOfType(
                    EngineException.class, () -> hurried.images().find("claude-fleet-test/no-such:1"));
        }

        assertThat(failure.kind()).isEqualTo(Kind.TIMED_OUT);
        assertThat(failure).hasMessage("inspect image claude-fleet-test/no-such:1: no answer within 2s");
    }

    @Test
    void anAnswerThatComesSlowlyComesWhole() {
        proxy.inject(Fault.SLOW, "GET", "/networks");
        String id = engine.networks().create(new NetworkRequest(name, labels));

        assertThat(proxied.networks().list(ours))
                .extracting(NetworkObservation::id)
                .containsExactly(id);
    }

    @Test
    void aCallIsCutBeforeTheEngineHearsOfIt() {
        proxy.inject(Fault.RESET_BEFORE, "POST", "/networks/create");

        EngineException failure = catchThrowableOfType(EngineException.class, this::createNetwork);

        assertThat(failure.kind()).isEqualTo(Kind.UNREACHABLE);
        assertThat(engine.networks().list(ours)).isEmpty();
    }

    @Test
    void aCallIsCutWhenTheEngineHasDoneIt() {
        Injection injection =
                proxy.inject(Fault.RESET_AFTER, "DELETE", "/networks/.*").times(1);
        String id = createNetwork();

        proxied.networks().remove(id);

        assertThat(injection.hits()).isEqualTo(1);
        assertThat(proxy.heard()).filteredOn(call -> call.startsWith("DELETE")).hasSize(2);
        assertThat(engine.networks().list(ours)).isEmpty();
    }

    @Test
    void nobodyListensForAWhileAndThenAgain() throws InterruptedException {
        proxy.inject(Fault.REFUSED, "GET", "/networks").times(1);

        EngineException failure = catchThrowableOfType(
                EngineException.class, () -> proxied.networks().list(ours));

        assertThat(failure.kind()).isEqualTo(Kind.UNREACHABLE);
        Thread.sleep(FaultProxy.AWAY.plusMillis(500).toMillis());
        assertThat(proxied.networks().list(ours)).isEmpty();
    }

    @Test
    void aGateHoldsACallBeforeTheEngineUntilItIsOpened() throws Exception {
        Gate gate = proxy.gate("POST", "/networks/create");
        CompletableFuture<String> made = CompletableFuture.supplyAsync(this::createNetwork);

        assertThat(gate.awaitReached(GENEROUS)).isTrue();
        assertThat(engine.networks().list(ours)).isEmpty();
        gate.open();

        assertThat(engine.networks().list(ours).size()
                        + made.get(30, TimeUnit.SECONDS).length())
                .isPositive();
        assertThat(engine.networks().list(ours)).hasSize(1);
    }

    @Test
    void aGateHoldsTheAnswerWhenTheEngineHasDoneIt() throws Exception {
        Gate gate = proxy.gateAnswer("POST", "/networks/create");
        CompletableFuture<String> made = CompletableFuture.supplyAsync(this::createNetwork);

        assertThat(gate.awaitReached(GENEROUS)).isTrue();
        String id = engine.networks().list(ours).get(0).id();
        assertThat(made).isNotDone();
        gate.open();

        assertThat(made.get(30, TimeUnit.SECONDS)).isEqualTo(id);
    }

    @Test
    void aGateHoldsWhatComesAfterACall() throws Exception {
        Gate gate = proxy.gateAfter("POST", "/networks/create");
        String id = createNetwork();
        CompletableFuture<Void> removed =
                CompletableFuture.runAsync(() -> proxied.networks().remove(id));

        assertThat(gate.awaitReached(GENEROUS)).isTrue();
        assertThat(engine.networks().list(ours)).hasSize(1);
        assertThat(removed).isNotDone();
        gate.open();

        removed.get(30, TimeUnit.SECONDS);
        assertThat(engine.networks().list(ours)).isEmpty();
    }

    @Test
    void aGateHoldsOnlyWhatItIsMeantFor() throws InterruptedException {
        String id = engine.networks().create(new NetworkRequest(name, labels));
        Gate another = proxy.gate("DELETE", "/networks/.*", target -> !target.contains(id));

        proxied.networks().remove(id);

        assertThat(another.awaitReached(Duration.ZERO)).isFalse();
        assertThat(engine.networks().list(ours)).isEmpty();
    }

    @Test
    void aCallThatIsDroppedAtItsGateNeverReachesTheEngine() throws Exception {
        Gate gate = proxy.gate("POST", "/networks/create");
        CompletableFuture<EngineException> failure =
                CompletableFuture.supplyAsync(() -> catchThrowableOfType(EngineException.class, this::createNetwork));

        assertThat(gate.awaitReached(GENEROUS)).isTrue();
        gate.drop();

        assertThat(failure.get(30, TimeUnit.SECONDS).kind()).isEqualTo(Kind.UNREACHABLE);
        assertThat(engine.networks().list(ours)).isEmpty();
    }

    @Test
    void nothingIsLeftOfAProxyThatIsClosed() throws IOException {
        Path socket = Path.of(proxy.address().substring("unix://".length()));

        proxy.close();

        assertThat(socket.getParent()).doesNotExist();
        assertThat(Files.exists(socket)).isFalse();
        assertThat(catchThrowableOfType(
                                EngineException.class, () -> proxied.networks().list(ours))
                        .kind())
                .isEqualTo(Kind.UNREACHABLE);
    }

    private String createNetwork() {
        return proxied.networks().create(new NetworkRequest(name, labels));
    }
}
