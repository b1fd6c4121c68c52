package io.github.claudefleet.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.github.claudefleet.engine.ContainerObservation;
import io.github.claudefleet.engine.ContainerRequest;
import io.github.claudefleet.engine.EngineException;
import io.github.claudefleet.engine.EngineException.Kind;
import io.github.claudefleet.engine.ExecRequest;
import io.github.claudefleet.engine.Lifecycle;
import io.github.claudefleet.engine.NetworkAttachment;
import io.github.claudefleet.engine.NetworkObservation;
import io.github.claudefleet.engine.NetworkRequest;
import io.github.claudefleet.engine.VolumeObservation;
import io.github.claudefleet.engine.VolumeRequest;
import io.github.claudefleet.spec.ContainerUser;
import io.github.claudefleet.spec.Hardening;
import io.github.claudefleet.spec.MemorySize;
import io.github.claudefleet.spec.ResourceLimits;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Tests that a resource is used or rolled back if the engine's answer was lost, and that a removal is completed. */
@Timeout(120)
class LostAnswersIT extends ProxiedEngineTestCase {

    LostAnswersIT() {
        super(Duration.ofSeconds(4));
    }

    @ParameterizedTest
    @EnumSource(names = {"RESET_AFTER", "LOST", "CUT"})
    void aContainerWhoseMakingNobodyHeardOfIsFound(Fault fault) {
        Injection injection = proxy.inject(fault, "POST", "/containers/create").times(1);

        String id = proxied.containers().create(sleeper());

        assertThat(injection.hits()).isEqualTo(1);
        assertThat(engine.containers().list(ours))
                .extracting(ContainerObservation::id)
                .containsExactly(id);
    }

    @ParameterizedTest
    @EnumSource(names = {"RESET_AFTER", "LOST", "CUT"})
    void soIsANetwork(Fault fault) {
        proxy.inject(fault, "POST", "/networks/create").times(1);

        String id = proxied.networks().create(new NetworkRequest(name, labels));

        assertThat(engine.networks().list(ours))
                .extracting(NetworkObservation::id)
                .containsExactly(id);
    }

    @ParameterizedTest
    @EnumSource(names = {"RESET_AFTER", "LOST", "CUT"})
    void soIsAVolume(Fault fault) {
        proxy.inject(fault, "POST", "/volumes/create").times(1);

        proxied.volumes().create(VolumeRequest.onDisk(name, labels));

        assertThat(engine.volumes().list(ours))
                .extracting(VolumeObservation::name)
                .containsExactly(name);
    }

    @Test
    void aNetworkIsTheLastOfThoseThatAreAlike() {
        String former = engine.networks().create(new NetworkRequest(name, labels));
        proxy.inject(Fault.RESET_AFTER, "POST", "/networks/create").times(1);
        // Engine 20.10 refuses a second network of the same name only if the request asks for that check.
        EngineException refused = catchThrowableOfType(
                EngineException.class, () -> engine.networks().create(new NetworkRequest(name, labels)));

        assertThat(refused.kind()).isEqualTo(Kind.CONFLICT);
        assertThat(proxied.networks().create(new NetworkRequest(name, labels))).isEqualTo(former);
    }

    @ParameterizedTest
    @EnumSource(names = {"RESET_BEFORE", "STALLED", "BROKEN", "REFUSED"})
    void whatWasNotMadeIsSaidNotToBe(Fault fault) {
        proxy.inject(fault, "POST", "/containers/create").times(1);

        EngineException failure = catchThrowableOfType(
                EngineException.class, () -> proxied.containers().create(sleeper()));

        assertThat(failure).hasMessageStartingWith("create container " + name + ": ");
        assertThat(engine.containers().list(ours)).isEmpty();
    }

    @Test
    void aContainerOfThatNameThatHasRunIsNotTakenForIt() {
        String other = engine.containers().create(sleeper());
        engine.containers().start(other);
        proxy.inject(Fault.RESET_AFTER, "POST", "/containers/create").times(1);

        EngineException failure = catchThrowableOfType(
                EngineException.class, () -> proxied.containers().create(sleeper()));

        assertThat(failure.kind()).isEqualTo(Kind.UNREACHABLE);
        assertThat(engine.containers().find(other)).isPresent();
    }

    @ParameterizedTest
    @EnumSource(names = {"RESET_BEFORE", "RESET_AFTER", "STALLED", "LOST", "BROKEN", "REFUSED"})
    void whatIsToGoGoes(Fault fault) {
        String id = proxied.containers().create(sleeper());
        proxied.volumes().create(VolumeRequest.onDisk(name, labels));
        Injection containers = proxy.inject(fault, "DELETE", "/containers/.*").times(1);
        Injection volumes = proxy.inject(fault, "DELETE", "/volumes/.*").times(1);

        proxied.containers().remove(id);
        proxied.volumes().remove(name);

        assertThat(containers.hits() + volumes.hits()).isEqualTo(2);
        assertThat(engine.containers().list(ours)).isEmpty();
        assertThat(engine.volumes().list(ours)).isEmpty();
    }

    @Test
    void whatAnEngineGoesOnToFailAtIsSaidAfterAWhile() {
        String id = proxied.containers().create(sleeper());
        Injection injection = proxy.inject(Fault.BROKEN, "DELETE", "/containers/.*");

        EngineException failure = catchThrowableOfType(
                EngineException.class, () -> proxied.containers().remove(id));

        assertThat(failure).hasMessageContaining("remove container").hasMessageContaining("injected");
        assertThat(injection.hits()).isEqualTo(6);
    }

    @Test
    void aRefusalIsNotArguedWith() {
        String id = proxied.containers().create(sleeper());
        Injection injection = proxy.inject(Fault.CONFLICT, "DELETE", "/containers/.*");

        EngineException failure = catchThrowableOfType(
                EngineException.class, () -> proxied.containers().remove(id));

        assertThat(failure.kind()).isEqualTo(Kind.CONFLICT);
        assertThat(injection.hits()).isEqualTo(1);
    }

    @Test
    void aNetworkWhoseContainersAreGoneButNotYetReleasedIsRemoved() {
        String id = proxied.networks().create(new NetworkRequest(name, labels));
        Injection injection =
                proxy.inject(Fault.CONFLICT, "DELETE", "/networks/.*").times(2);

        proxied.networks().remove(id);

        assertThat(injection.hits()).isEqualTo(2);
        assertThat(engine.networks().list(ours)).isEmpty();
    }

    @Test
    void anEndpointThatTheEngineForgotToReleaseIsDisconnected() {
        String id = proxied.networks().create(new NetworkRequest(name, labels));
        engine.containers().start(engine.containers().create(sleeperOn(name)));
        // The engine answers that it has no such container, but still counts its endpoint.
        proxy.inject(Fault.NOT_FOUND, "GET", "/containers/.*/json");

        proxied.networks().remove(id);

        assertThat(engine.networks().list(ours)).isEmpty();
    }

    @Test
    void aNetworkInUseIsRefusedAtOnceWithTheNamesOfTheContainers() {
        String id = proxied.networks().create(new NetworkRequest(name, labels));
        engine.containers().start(engine.containers().create(sleeperOn(name)));
        Injection counted = proxy.inject(Fault.SLOW, "DELETE", "/networks/.*");

        EngineException failure = catchThrowableOfType(
                EngineException.class, () -> proxied.networks().remove(id));

        assertThat(failure.kind()).isEqualTo(Kind.CONFLICT);
        assertThat(failure.suggestion())
                .hasValueSatisfying(
                        next -> assertThat(next).contains("connected to the network: " + name + ". Stop them"));
        assertThat(counted.hits()).isEqualTo(1);
    }

    @Test
    void whatACommandPrintedIsNotBelievedWhereItsConnectionWasLostInTheMidst() {
        String id = proxied.containers().create(sleeper());
        proxied.containers().start(id);
        proxy.inject(Fault.CUT, "POST", "/exec/.*/start");
        ExecRequest command = ExecRequest.of(id, "sh", "-c", "echo a first line; sleep 13; echo a second line");

        EngineException failure = catchThrowableOfType(
                EngineException.class, () -> proxied.processes().run(command, Duration.ofSeconds(60)));

        assertThat(failure.kind()).isEqualTo(Kind.UNREACHABLE);
        assertThat(failure).hasMessageContaining("echo a first line").hasMessageContaining("was lost while it ran");
    }

    private ContainerRequest sleeper() {
        return sleeperOn("none");
    }

    private ContainerRequest sleeperOn(String network) {
        return new ContainerRequest(
                name,
                System.getProperty("it.baseImage", "claude-fleet-test/base:2"),
                ContainerUser.FOR_ROOT,
                List.of("sleep", "60"),
                new TreeMap<>(),
                new TreeMap<>(labels),
                List.of(),
                "/tmp",
                new NetworkAttachment(network),
                new ResourceLimits(new MemorySize(128L << 20), Optional.empty(), 64),
                Hardening.DEFAULT.withReadOnlyRootfs(false),
                Lifecycle.ONCE);
    }
}
