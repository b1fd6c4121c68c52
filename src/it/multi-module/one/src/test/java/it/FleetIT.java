package it;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class FleetIT {

    @Test
    void findsTheAgent() throws Exception {
        String id = System.getProperty("tester.containerId");
        Process process = new ProcessBuilder("docker", "exec", id, "true").inheritIO().start();
        assertEquals(0, process.waitFor());
        Files.writeString(Files.createDirectories(Path.of("target")).resolve("agent"), id);
    }
}
