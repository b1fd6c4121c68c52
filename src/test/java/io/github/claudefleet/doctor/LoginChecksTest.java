package io.github.claudefleet.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.claudefleet.engine.ContainerState;
import io.github.claudefleet.spec.EgressSpec;
import io.github.claudefleet.spec.FleetSpec;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LoginChecksTest {

    @TempDir
    private Path folder;

    private HostFixture host;
    private final DoctorFixture fixture = new DoctorFixture();

    @BeforeEach
    void build() {
        host = new HostFixture(folder);
    }

    @Test
    void aLoginThatARequestProvesPasses() {
        fixture.auth();

        assertThat(lines()).containsExactly("pass  login: a real request was answered (claude.ai)");
    }

    @Test
    void inARehearsalTheStandInAnswers() {
        fixture.auth();

        assertThat(lines(host.fleet()
                        .egress(EgressSpec.DEFAULT)
                        .rehearsal(folder.resolve("src/fleet"))
                        .toSpec()))
                .containsExactly("pass  login: the stand-in of the rehearsal answered (claude.ai)");
    }

    @Test
    void withoutAnAuthContainerNobodyIsAsked() {
        fixture.auth(ContainerState.EXITED);

        assertThat(lines())
                .containsExactly("skip  login: no auth container is up to ask; mvn claude-fleet:auth starts it");
        assertThat(fixture.engine.execs()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "quota.jsonl     | warn  login: out of quota",
                "throttled.jsonl | warn  login: throttled by the service for now",
                "rejected.jsonl  | FAIL  login: rejected by the service",
                "silence.jsonl   | FAIL  login: "
            })
    void aRefusalIsJudgedByWhetherItPasses(String recorded, String line) throws IOException {
        fixture.auth().replies(Files.readString(Path.of("src/test/resources/io/github/claudefleet/claude", recorded)));

        assertThat(lines())
                .singleElement()
                .satisfies(text -> assertThat(text).startsWith(line).contains(" -> "));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "2026-01-04T10:00:00Z | pass  login's end: lives for another 3d",
                "2026-01-04T09:59:59Z | warn  login's end: lives for another 2d 23h",
                "2025-12-31T10:00:00Z | warn  login's end: ended at 2025-12-31T10:00:00Z"
            })
    void aLoginThatEndsSoonIsWarnedOf(String end, String line) {
        fixture.auth().status("{\"authMethod\": \"claude.ai\", \"loginExpiresAt\": \"" + end + "\"}");

        assertThat(lines())
                .last()
                .isEqualTo(
                        line.startsWith("pass")
                                ? line
                                : line + " -> mvn claude-fleet:stop claude-fleet:logout claude-fleet:auth, then sign"
                                        + " in again");
    }

    @Test
    void anAuthContainerThatGoesMeanwhileIsAFinding() {
        fixture.auth().goes("auth");

        assertThat(lines())
                .containsExactly("FAIL  login: exec in container c-auth: no such container -> run doctor again");
    }

    private List<String> lines() {
        return lines(host.fleet().toSpec());
    }

    private List<String> lines(FleetSpec spec) {
        return new LoginChecks(fixture.engine, spec, DoctorFixture.CLOCK)
                .run(fixture.observed()).stream().map(Finding::text).toList();
    }
}
