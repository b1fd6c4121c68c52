package io.github.claudefleet.mojo;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class BrowserTest {

    private static final String ADDRESS = "https://claude.ai/oauth?x&y='z'";

    @TempDir
    private Path folder;

    @Test
    void opensTheAddressAsItIs() throws IOException, InterruptedException {
        program("xdg-open", "printf '%s' \"$1\" >" + folder + "/opened");

        assertThat(find("Linux", Map.of("DISPLAY", ":0")).orElseThrow().open(ADDRESS))
                .isEmpty();
        assertThat(folder.resolve("opened")).hasContent(ADDRESS);
    }

    @Test
    void saysThatItCouldNotBeOpened() throws IOException, InterruptedException {
        program("xdg-open", "exit 3");

        assertThat(find("Linux", Map.of("WAYLAND_DISPLAY", "w")).orElseThrow().open(ADDRESS))
                .hasValueSatisfying(problem -> assertThat(problem).endsWith("xdg-open ended with exit status 3"));
    }

    @Test
    void doesNotWaitForABrowserToBeClosed() throws IOException, InterruptedException {
        program("xdg-open", "exec sleep 30");

        assertThat(find("Linux", Map.of("DISPLAY", ":0")).orElseThrow().open(ADDRESS))
                .isEmpty();
    }

    @Test
    void thereIsNoneWithoutAScreenAProgramOrAPersonAtThisMachine() throws IOException {
        assertThat(find("Linux", Map.of("DISPLAY", ":0"))).as("no xdg-open").isEmpty();
        program("xdg-open", "");
        assertThat(find("Linux", Map.of())).as("no screen").isEmpty();
        assertThat(find("Linux", Map.of("DISPLAY", ":0", "SSH_CONNECTION", "a b c d")))
                .isEmpty();
    }

    @Test
    void otherSystemsHaveOtherPrograms() throws IOException {
        program("open", "");

        assertThat(find("Mac OS X", Map.of())).isPresent();
        assertThat(find("Windows 11", Map.of())).isPresent();
    }

    private Optional<Browser> find(String system, Map<String, String> environment) {
        Map<String, String> all = new TreeMap<>(environment);
        all.put("PATH", folder.toString());
        return Browser.find(system, all);
    }

    private void program(String name, String script) throws IOException {
        Path file = Files.writeString(folder.resolve(name), "#!/bin/sh\n" + script + "\n");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwx------"));
    }
}
