package it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class FleetIT {

    @Test
    void isToldOfAnAgentThatRuns() throws Exception {
        assertEquals("ready", System.getProperty("tester.state"));
        String id = System.getProperty("tester.containerId");
        assertTrue(id.matches("[0-9a-f]{64}"), id);
        assertEquals("yes", inContainer(id, "claude", "-p", "Say yes"));
    }

    private static String inContainer(String id, String... command) throws Exception {
        ProcessBuilder builder = new ProcessBuilder("docker", "exec", id);
        builder.command().addAll(List.of(command));
        Process process = builder.redirectErrorStream(true).start();
        process.getOutputStream().close();
        assertTrue(process.waitFor(60, TimeUnit.SECONDS));
        return new String(process.getInputStream().readAllBytes()).strip();
    }
}
