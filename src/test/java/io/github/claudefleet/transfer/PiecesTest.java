package io.github.claudefleet.transfer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.claudefleet.engine.EngineException;
import io.github.claudefleet.engine.ExecSession;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class PiecesTest {

    @Test
    void aConnectionThatEndsWithoutAnExitCodeIsNotWaitedFor() {
        Ended session = new Ended("half a wo");

        assertThatThrownBy(() -> Pieces.awaitStored(session))
                .isInstanceOf(EngineException.class)
                .hasMessageContaining("did not arrive: half a wo");
        assertThat(session.looks).isLessThan(5);
    }

    @Test
    void newsOfOutputThatHasBeenSeenIsNoEnd() throws InterruptedException {
        Ended session = new Ended("warning", "warning", "warning\nstored");

        Pieces.awaitStored(session);

        assertThat(session.output()).endsWith("stored");
    }

    /** Session whose output grows with each look, and which has no exit code. */
    private static final class Ended implements ExecSession {

        private final Queue<String> outputs;
        private int looks;

        Ended(String... outputs) {
            this.outputs = new ArrayDeque<>(List.of(outputs));
        }

        @Override
        public String output() {
            return outputs.element();
        }

        @Override
        public Optional<Integer> exitCode() {
            return Optional.empty();
        }

        @Override
        public void send(String line) {
            throw new UnsupportedOperationException();
        }

        @Override
        public boolean awaitChange(Duration limit) {
            looks++;
            if (outputs.size() > 1) {
                outputs.remove();
            }
            return true;
        }

        @Override
        public void close() {}
    }
}
