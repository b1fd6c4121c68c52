package io.github.claudefleet.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.claudefleet.claude.FakeCli;
import io.github.claudefleet.engine.ExecRequest;
import io.github.claudefleet.engine.ExecResult;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Runs the doctor's queries in this machine's own shell. */
@Timeout(60)
class ContainerFactsTest {

    @TempDir
    private Path folder;

    private final DoctorFixture fixture = new DoctorFixture().agent("tester");

    @BeforeEach
    void provide() {
        fixture.engine.program(this::run);
        HostFixture.directory(folder.resolve("login"));
        HostFixture.restrict(HostFixture.file(folder.resolve("claude"), new FakeCli().script()), "rwxr-xr-x");
    }

    @Test
    void whatIsThereIsTold() throws IOException {
        Files.writeString(folder.resolve("login/.credentials.json"), "{}");

        ContainerFacts facts = ask();

        assertThat(facts.get("user")).matches("\\d+:\\d+");
        assertThat(facts.get("configDirectory"))
                .isEqualTo(folder.resolve("config").toString());
        assertThat(facts.get("credential"))
                .isEqualTo(folder.resolve("login/.credentials.json").toString());
        assertThat(facts.is("credentialReadable")).isTrue();
        assertThat(facts.is("loginWritable")).isTrue();
        assertThat(facts.is("configWritable")).isTrue();
        assertThat(facts.get("cli")).isEqualTo(FakeCli.VERSION + " (Claude Code)");
        assertThat(facts.number("time", 0)).isPositive();
        assertThat(facts.number("freeKilobytes", 0)).isPositive();
    }

    @Test
    void whatIsMissingIsToldAsWell() throws IOException {
        Files.delete(folder.resolve("claude"));
        Files.createFile(folder.resolve("config"));

        ContainerFacts facts = ask();

        assertThat(facts.is("credentialReadable")).isFalse();
        assertThat(facts.get("credentialListing")).contains(".credentials.json");
        assertThat(facts.is("configWritable")).isFalse();
        assertThat(facts.number("cli", 7)).isEqualTo(7);
    }

    private ContainerFacts ask() {
        return ContainerFacts.of(fixture.engine, fixture.observed().agents().get(0));
    }

    private ExecResult run(ExecRequest request) {
        try {
            ProcessBuilder builder = new ProcessBuilder(request.command()).redirectErrorStream(true);
            builder.environment()
                    .putAll(Map.of(
                            "PATH",
                            folder + ":/usr/bin:/bin",
                            "CLAUDE_FLEET_LOGIN",
                            "login",
                            "CLAUDE_CONFIG_DIR",
                            folder.resolve("config").toString(),
                            "CLAUDE_SECURESTORAGE_CONFIG_DIR",
                            folder.resolve("login").toString()));
            Process process = builder.start();
            String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            return new ExecResult(process.waitFor(), output, "");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
