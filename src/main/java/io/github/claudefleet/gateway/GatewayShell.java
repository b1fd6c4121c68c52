package io.github.claudefleet.gateway;

import io.github.claudefleet.engine.ContainerEngine;
import io.github.claudefleet.engine.ExecRequest;
import io.github.claudefleet.engine.ExecResult;
import io.github.claudefleet.engine.LastLines;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;

/**
 * Shell in a running gateway.
 *
 * @param id id of its container
 */
record GatewayShell(ContainerEngine engine, String id) {

    private static final Duration LIMIT = Duration.ofSeconds(60);
    private static final int LAST_LINES = 10;

    /**
     * Runs a script and returns its output.
     *
     * @param otherwise what did not happen if the script fails
     * @throws GatewayException if the script fails
     */
    String run(String otherwise, String script, String... arguments) throws InterruptedException {
        List<String> command = new ArrayList<>(List.of("/bin/sh", "-c", script, "sh"));
        command.addAll(List.of(arguments));
        ExecResult result = engine.processes().run(new ExecRequest(id, command, new TreeMap<>()), LIMIT);
        if (!result.succeeded()) {
            throw new GatewayException(otherwise, LastLines.of(engine, id, LAST_LINES));
        }
        return result.output();
    }
}
