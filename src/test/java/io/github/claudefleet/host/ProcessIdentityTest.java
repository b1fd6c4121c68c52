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

/** Identity and liveness of a fleet's owner, with real processes. */
@Timeout(60)
class ProcessIdentityTest {

    private static final ProcessIdentity HERE = ProcessIdentity.self();

    @Test
    void thisProcessIsAlive() {
        assertThat(HERE.liveness()).isEqualTo(Liveness.ALIVE);
        assertThat(ProcessIdentity.parse(HERE.toText())).contains(HERE);
    }

    @Test
    void aProcessIsAliveUntilItHasEnded() throws IOException, InterruptedException {
        Process process = new ProcessBuilder("sleep", "60").start();
        ProcessIdentity owner =
                at(process.pid(), Processes.startOf(process.pid()).orElseThrow());
        assertThat(owner.liveness()).isEqualTo(Liveness.ALIVE);

        process.destroyForcibly();
        assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();

        assertThat(owner.liveness()).isEqualTo(Liveness.DEAD);
    }

    /** A shell that replaces itself (exec) never reaps a child that it had before. */
    @Test
    void aProcessThatNobodyHasReapedIsDead() throws IOException, InterruptedException {
        Process parent = new ProcessBuilder("sh", "-c", "sleep 60 & echo $!; exec sleep 60").start();
        try {
            long child = Long.parseLong(parent.inputReader().readLine());
            ProcessIdentity owner = at(child, Processes.startOf(child).orElseThrow());
            ProcessHandle handle = ProcessHandle.of(child).orElseThrow();
            handle.destroyForcibly();
            Instant end = Instant.now().plus(Duration.ofSeconds(30));
            while (owner.liveness() != Liveness.DEAD && Instant.now().isBefore(end)) {
                Thread.sleep(20);
            }
            assertThat(owner.liveness()).isEqualTo(Liveness.DEAD);
        } finally {
            parent.destroyForcibly();
        }
    }

    @Test
    void anotherProcessThatGotTheNumberIsNotTheOwner() {
        assertThat(at(HERE.pid(), "1").liveness()).isEqualTo(Liveness.DEAD);
    }

    @Test
    void nothingOutlivesAReboot() {
        ProcessIdentity before = new ProcessIdentity(
                HERE.machine(), "another-boot", HERE.pidSpace(), HERE.pid(), HERE.start(), HERE.user());

        assertThat(before.seenFrom(HERE, true)).isEqualTo(Liveness.DEAD);
        assertThat(before.seenFrom(HERE, false))
                .as("containers of one name may be on two machines")
                .isEqualTo(Liveness.UNKNOWN);
    }

    @Test
    void nobodyCanTellOfAnotherMachineContainerOrUser() {
        String gone = "1";
        assertThat(new ProcessIdentity("elsewhere", HERE.boot(), HERE.pidSpace(), 1, gone, HERE.user()).liveness())
                .isEqualTo(Liveness.UNKNOWN);
        assertThat(new ProcessIdentity(HERE.machine(), HERE.boot(), "4026539999", 1, gone, HERE.user()).liveness())
                .isEqualTo(Liveness.UNKNOWN);
        assertThat(new ProcessIdentity(HERE.machine(), HERE.boot(), HERE.pidSpace(), 1, gone, "somebody").liveness())
                .isEqualTo(Liveness.UNKNOWN);
        assertThat(new ProcessIdentity(HERE.machine(), HERE.boot(), HERE.pidSpace(), 1, "", HERE.user()).liveness())
                .isEqualTo(Liveness.UNKNOWN);
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
        assertThat(ProcessIdentity.parse(text)).isEmpty();
    }

    @Test
    void twoBuildsOfOneProcessAreTwo() {
        Instant first = Instant.parse("2026-11-25T10:00:00.001Z");

        assertThat(ProcessIdentity.buildIdentity(first)).isEqualTo(ProcessIdentity.buildIdentity(first));
        assertThat(ProcessIdentity.buildIdentity(first).build())
                .isNotEqualTo(ProcessIdentity.buildIdentity(first.plusMillis(1)).build());
    }

    private static ProcessIdentity at(long pid, String start) {
        return new ProcessIdentity(HERE.machine(), HERE.boot(), HERE.pidSpace(), pid, start, HERE.user());
    }
}
