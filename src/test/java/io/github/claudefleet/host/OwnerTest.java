package io.github.claudefleet.host;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Who owns a fleet, and whether that one is alive: with real processes. */
@Timeout(60)
class OwnerTest {

    private static final Owner HERE = Owner.self();

    @Test
    void thisProcessIsAlive() {
        assertThat(HERE.presence()).isEqualTo(Presence.ALIVE);
        assertThat(Owner.parse(HERE.toText())).contains(HERE);
    }

    @Test
    void aProcessIsAliveUntilItHasEnded() throws IOException, InterruptedException {
        Process process = new ProcessBuilder("sleep", "60").start();
        Owner owner = at(process.pid(), Processes.startOf(process.pid()).orElseThrow());
        assertThat(owner.presence()).isEqualTo(Presence.ALIVE);

        process.destroyForcibly();
        assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();

        assertThat(owner.presence()).isEqualTo(Presence.DEAD);
    }

    /** A shell that becomes something else never asks for the end of the child that it had before. */
    @Test
    void aProcessThatNobodyHasReapedIsDead() throws IOException, InterruptedException {
        Process parent = new ProcessBuilder("sh", "-c", "sleep 60 & echo $!; exec sleep 60").start();
        try {
            long child = Long.parseLong(parent.inputReader().readLine());
            Owner owner = at(child, Processes.startOf(child).orElseThrow());
            ProcessHandle handle = ProcessHandle.of(child).orElseThrow();
            handle.destroyForcibly();
            Instant end = Instant.now().plus(Duration.ofSeconds(30));
            while (owner.presence() != Presence.DEAD && Instant.now().isBefore(end)) {
                Thread.sleep(20);
            }
            assertThat(owner.presence()).isEqualTo(Presence.DEAD);
        } finally {
            parent.destroyForcibly();
        }
    }

    @Test
    void anotherProcessThatGotTheNumberIsNotTheOwner() {
        assertThat(at(HERE.pid(), "1").presence()).isEqualTo(Presence.DEAD);
    }

    @Test
    void nothingOutlivesAReboot() {
        Owner before =
                new Owner(HERE.machine(), "another-boot", HERE.pidSpace(), HERE.pid(), HERE.start(), HERE.user());

        assertThat(before.seenFrom(HERE, true)).isEqualTo(Presence.DEAD);
        assertThat(before.seenFrom(HERE, false))
                .as("containers of one name may be on two machines")
                .isEqualTo(Presence.UNKNOWN);
    }

    @Test
    void nobodyCanTellOfAnotherMachineContainerOrUser() {
        String gone = "1";
        assertThat(new Owner("elsewhere", HERE.boot(), HERE.pidSpace(), 1, gone, HERE.user()).presence())
                .isEqualTo(Presence.UNKNOWN);
        assertThat(new Owner(HERE.machine(), HERE.boot(), "4026539999", 1, gone, HERE.user()).presence())
                .isEqualTo(Presence.UNKNOWN);
        assertThat(new Owner(HERE.machine(), HERE.boot(), HERE.pidSpace(), 1, gone, "somebody").presence())
                .isEqualTo(Presence.UNKNOWN);
        assertThat(new Owner(HERE.machine(), HERE.boot(), HERE.pidSpace(), 1, "", HERE.user()).presence())
                .isEqualTo(Presence.UNKNOWN);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "somebody",
                "machine=a boot=b pidSpace=c pid=1 start=2",
                "machine=a boot=b pidSpace=c pid=one start=2 user=0",
                "machine=a machine=b boot=b pidSpace=c pid=1 start=2 user=0"
            })
    void whatIsNoOwnerIsNotTakenForOne(String text) {
        assertThat(Owner.parse(text)).isEmpty();
    }

    @Test
    void twoBuildsOfOneProcessAreTwo() {
        Instant first = Instant.parse("2026-11-25T10:00:00.001Z");

        assertThat(Owner.maker(first)).isEqualTo(Owner.maker(first));
        assertThat(Owner.maker(first).build())
                .isNotEqualTo(Owner.maker(first.plusMillis(1)).build());
    }

    private static Owner at(long pid, String start) {
        return new Owner(HERE.machine(), HERE.boot(), HERE.pidSpace(), pid, start, HERE.user());
    }
}
