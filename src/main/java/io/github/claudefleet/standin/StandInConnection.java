package io.github.claudefleet.standin;

import io.github.claudefleet.engine.ContainerEngine;
import io.github.claudefleet.engine.ContainerObservation;
import io.github.claudefleet.engine.ContainerState;
import io.github.claudefleet.engine.EngineException;
import io.github.claudefleet.engine.ExecRequest;
import io.github.claudefleet.engine.ExecSession;
import io.github.claudefleet.spec.Rehearsal;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;

/**
 * Connection of the stand-in to the gateway of a rehearsal, over the engine's own. It lasts as long as the gateway.
 *
 * @param engine engine of the gateway
 * @param gateway id of the gateway's container
 * @param session name by which a start knows its own stand-in
 * @param scripts scripts of the agents
 */
public record StandInConnection(ContainerEngine engine, String gateway, String session, AgentScripts scripts) {

    /** Exit code of the program in the gateway if a later stand-in has replaced this one. */
    private static final int REPLACED = 3;

    private static final String PROGRAM =
            "cd /opt/claude-fleet-gateway && exec \"$(cat node-path)\" --max-old-space-size=64 stand-in.mjs \"$@\"";

    private static final Duration LOOK = Duration.ofSeconds(5);
    /** Silence after which the connection counts as lost: three of the program's signs of life. */
    private static final Duration SILENCE = Duration.ofSeconds(60);

    private static final Duration PAUSE = Duration.ofSeconds(1);
    /** Number of attempts without success, some four minutes for an engine that restarts. */
    private static final int MOST_FAILURES = 240;

    /** Answers requests until the gateway has gone, or another stand-in has replaced this one. */
    public void serve() throws InterruptedException {
        try (RequestLines requests =
                new RequestLines(new ModelService(new RehearsalModel(scripts, Clock.systemUTC())))) {
            int failures = 0;
            while (failures < MOST_FAILURES && isThere()) {
                Optional<Integer> exitCode = converse(requests);
                if (exitCode.equals(Optional.of(REPLACED))) {
                    return;
                }
                failures = requests.takeSuccess() ? 0 : failures + 1;
                Thread.sleep(PAUSE.toMillis());
            }
        }
    }

    /** Returns false if the container has gone. An engine that does not answer may come back. */
    private boolean isThere() {
        try {
            return engine.containers()
                    .find(gateway)
                    .map(ContainerObservation::state)
                    .filter(state -> state != ContainerState.DEAD)
                    .isPresent();
        } catch (EngineException e) {
            return true;
        }
    }

    private Optional<Integer> converse(RequestLines requests) throws InterruptedException {
        ExecRequest program =
                ExecRequest.of(gateway, "/bin/sh", "-c", PROGRAM, "sh", String.valueOf(Rehearsal.PORT), session);
        try (ExecSession conversation = engine.processes().open(program, requests)) {
            requests.replyTo(conversation);
            Optional<Integer> exitCode = Optional.empty();
            while (exitCode.isEmpty() && requests.silence().compareTo(SILENCE) < 0) {
                conversation.awaitChange(LOOK);
                exitCode = conversation.exitCode();
            }
            return exitCode;
        } catch (EngineException e) {
            return Optional.empty();
        }
    }
}
