package io.github.claudefleet.auth;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.claudefleet.claude.ClaudeFiles;
import io.github.claudefleet.claude.LoginStatus;
import io.github.claudefleet.claude.LoginStatus.Kind;
import io.github.claudefleet.host.HostFiles;
import io.github.claudefleet.spec.ContainerUser;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class LoginDirectoryTest {

    @TempDir
    Path directory;

    @Test
    void findsNothingWrongWithALogin() {
        LoginFile.write(directory, LoginFile.GOOD);
        assertThat(problem()).isEmpty();
    }

    @Test
    void findsNothingWrongWithATokenThatIsNeverRefreshed() {
        LoginFile.write(directory, "{\"claudeAiOauth\":{\"accessToken\":\"invented\",\"expiresAt\":4102444800000}}");
        assertThat(problem()).isEmpty();
    }

    @Test
    void missesTheFile() {
        assertThat(problem()).contains(LoginStatus.of(Kind.ABSENT));
    }

    @Test
    void missesTheDirectory() {
        assertThat(new LoginDirectory(directory.resolve("none")).problem(LoginFile.USER))
                .contains(LoginStatus.of(Kind.ABSENT));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " \n",
                "null",
                "7",
                "\"sk-ant\"",
                "[]",
                "[{\"claudeAiOauth\":{\"accessToken\":\"x\"}}]",
                "{\"claudeAiOauth\":{\"accessTok",
                "{\"claudeAiOauth\":",
                "not JSON",
                "{'claudeAiOauth':{'accessToken':'x'}}",
                "{\"claudeAiOauth\":{\"accessToken\":\"x\"}} and more",
                "{\"claudeAiOauth\":{\"accessToken\":\"x\"}}{}",
                "{\"claudeAiOauth\":\"x\"}",
                "{\"claudeAiOauth\":[\"x\"]}",
                "{\"claudeAiOauth\":true}",
                "{\"claudeAiOauth\":{}}",
                "{\"claudeAiOauth\":{\"accessToken\":null}}",
                "{\"claudeAiOauth\":{\"accessToken\":7}}",
                "{\"claudeAiOauth\":{\"accessToken\":[\"x\"]}}",
                "{\"claudeAiOauth\":{\"accessToken\":{\"value\":\"x\"}}}",
            })
    void callsAFileDamagedAndLeavesItAlone(String content) throws IOException {
        Path file = LoginFile.write(directory, content);
        assertThat(problem()).hasValueSatisfying(verdict -> {
            assertThat(verdict.kind()).isEqualTo(Kind.MALFORMED);
            assertThat(verdict.detail()).startsWith(file.toString());
        });
        assertThat(file).hasContent(content);
    }

    @Test
    void callsADeeplyNestedFileDamaged() {
        LoginFile.write(directory, "[".repeat(100_000));
        assertThat(kind()).isEqualTo(Kind.MALFORMED);
    }

    @Test
    void callsABinaryFileDamaged() throws IOException {
        Path file = LoginFile.write(directory, "");
        Files.write(file, new byte[] {0, (byte) 0xff, (byte) 0xfe, 1, 2, 3, 0});
        assertThat(kind()).isEqualTo(Kind.MALFORMED);
    }

    @Test
    void callsALoginDamagedThatIsNotInPlainUtf8() throws IOException {
        for (Charset charset : List.of(StandardCharsets.UTF_16, StandardCharsets.UTF_16LE)) {
            Files.write(LoginFile.write(directory, ""), LoginFile.GOOD.getBytes(charset));
            assertThat(kind()).isEqualTo(Kind.MALFORMED);
        }
        LoginFile.write(directory, "\uFEFF" + LoginFile.GOOD);
        assertThat(kind()).isEqualTo(Kind.MALFORMED);
    }

    @Test
    void callsAHugeFileDamagedWithoutReadingIt() throws IOException {
        Path file = LoginFile.write(directory, "");
        Files.write(file, new byte[(1 << 20) + 1]);
        assertThat(problem()).contains(LoginStatus.of(Kind.MALFORMED, file + " is larger than any login"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{}                                      | ABSENT",
                "{\"mcpOAuth\":{}}                       | ABSENT",
                "{\"claudeAiOauth\":null}                | ABSENT",
                "{\"claudeAiOauth\":{\"accessToken\":\"\"}} | EXPIRED",
                "{\"claudeAiOauth\":{\"accessToken\":\" \"}} | EXPIRED",
            })
    void tellsALoginThatWasEndedFromOneThatNeverWas(String content, Kind kind) {
        LoginFile.write(directory, content);
        assertThat(kind()).isEqualTo(kind);
    }

    @Test
    void callsADirectoryInTheFilesPlaceDamaged() throws IOException {
        Files.createDirectory(directory.resolve(ClaudeFiles.CREDENTIALS));
        assertThat(kind()).isEqualTo(Kind.MALFORMED);
    }

    @Test
    void callsADanglingLinkDamaged() throws IOException {
        Files.createSymbolicLink(directory.resolve(ClaudeFiles.CREDENTIALS), directory.resolve("gone"));
        assertThat(kind()).isEqualTo(Kind.MALFORMED);
    }

    @Test
    void callsALinkDamagedThatTheContainersCannotFollow(@TempDir Path elsewhere) throws IOException {
        Path link = directory.resolve(ClaudeFiles.CREDENTIALS);
        Path beside = Files.move(LoginFile.write(directory, LoginFile.GOOD), directory.resolve("good.json"));
        Path outside = LoginFile.write(elsewhere, LoginFile.GOOD);
        for (Path target : List.of(beside, outside, directory.relativize(outside), Path.of("/etc/passwd"))) {
            Files.deleteIfExists(link);
            Files.createSymbolicLink(link, target);
            assertThat(problem()).as(target.toString()).hasValueSatisfying(verdict -> {
                assertThat(verdict.kind()).isEqualTo(Kind.MALFORMED);
                assertThat(verdict.detail()).contains("link out of its directory");
            });
        }
    }

    @Test
    void followsALinkToAFileBesideIt() throws IOException {
        Files.move(LoginFile.write(directory, LoginFile.GOOD), directory.resolve("good.json"));
        Files.createSymbolicLink(directory.resolve(ClaudeFiles.CREDENTIALS), Path.of("good.json"));
        assertThat(problem()).isEmpty();
    }

    @Test
    void callsAFileDamagedThatItsOwnUserCannotRead() throws IOException {
        Path file = LoginFile.write(directory, LoginFile.GOOD);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("---------"));
        assertThat(problem()).hasValueSatisfying(verdict -> {
            assertThat(verdict.kind()).isEqualTo(Kind.MALFORMED);
            assertThat(verdict.detail()).contains("mode");
        });
    }

    @Test
    void namesBothUsersWhereTheFileIsOfAnother() {
        Path file = LoginFile.write(directory, LoginFile.GOOD);
        int owner = HostFiles.uid(file).orElseThrow();
        ContainerUser other = new ContainerUser(owner + 1, owner + 1);
        assertThat(new LoginDirectory(directory).problem(other)).hasValueSatisfying(verdict -> {
            assertThat(verdict.kind()).isEqualTo(Kind.WRONG_OWNER);
            assertThat(verdict.detail()).contains("is of user " + owner, "run as " + (owner + 1));
        });
    }

    private Optional<LoginStatus> problem() {
        return new LoginDirectory(directory).problem(LoginFile.USER);
    }

    private Kind kind() {
        return problem().orElseThrow().kind();
    }
}
