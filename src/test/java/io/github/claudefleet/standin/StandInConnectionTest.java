package io.github.claudefleet.standin;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.claudefleet.engine.ContainerState;
import io.github.claudefleet.engine.EngineException;
import io.github.claudefleet.engine.ExecRequest;
import io.github.claudefleet.engine.ExecSession;
import io.github.claudefleet.engine.FakeEngine;
import io.github.claudefleet.gateway.RunningContainer;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntFunction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class StandInConnectionTest {

    private static final int REPLACED = 3;

    private final FakeEngine engine = new FakeEngine();
    private final AtomicInteger opened = new AtomicInteger();

    @Test
    void withoutAGatewayThereIsNothingToServe() throws InterruptedException {
        serve(number -> new Program(0));

        assertThat(opened).hasValue(0);
    }

    @Test
    void aReplacedStandInEndsAlthoughTheGatewayIsThere() throws InterruptedException {
        engine.put(RunningContainer.inState(ContainerState.RUNNING));
        serve(number -> new Program(REPLACED));

        assertThat(opened).hasValue(1);
        ExecRequest program = engine.execs().get(0);
        assertThat(program.containerId()).isEqualTo(RunningContainer.ID);
        assertThat(program.command()).endsWith("8377", "session-1");
    }

    @Test
    void aProgramThatWasKilledIsStartedAgain() throws InterruptedException {
        engine.put(RunningContainer.inState(ContainerState.RUNNING));
        serve(number -> new Program(number == 1 ? 137 : REPLACED));

        assertThat(opened).hasValue(2);
    }

    @Test
    void anEngineThatFailsIsTriedAgain() throws InterruptedException {
        engine.put(RunningContainer.inState(ContainerState.RUNNING));
        serve(number -> {
            if (number == 1) {
                throw new EngineException(EngineException.Kind.UNREACHABLE, "exec", "broken pipe", "", null);
            }
            return new Program(REPLACED);
        });

        assertThat(opened).hasValue(2);
    }

    @Test
    void theEndOfTheGatewayIsTheStandInsEnd() throws InterruptedException {
        engine.put(RunningContainer.inState(ContainerState.RUNNING));
        serve(number -> {
            engine.containers().remove(RunningContainer.ID);
            return new Program(137);
        });

        assertThat(opened).hasValue(1);
    }

    private void serve(IntFunction<ExecSession> programs) throws InterruptedException {
        engine.conversation(request -> programs.apply(opened.incrementAndGet()));
        new StandInConnection(engine, RunningContainer.ID, "session-1", new AgentScripts(Map.of())).serve();
    }

    /** Program in the gateway that has ended. */
    private record Program(int status) implements ExecSession {

        @Override
        public String output() {
            return "";
        }

        @Override
        public Optional<Integer> exitCode() {
            return Optional.of(status);
        }

        @Override
        public void send(String line) {}

        @Override
        public boolean awaitChange(Duration limit) {
            return true;
        }

        @Override
        public void close() {}
    }
}
