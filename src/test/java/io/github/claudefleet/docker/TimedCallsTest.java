package io.github.claudefleet.docker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.github.claudefleet.engine.EngineException;
import io.github.claudefleet.engine.EngineException.Kind;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class TimedCallsTest {

    private final TimedCalls calls = new TimedCalls(new ErrorTranslator("unix:///engine.sock"), Duration.ofSeconds(30));

    @AfterEach
    void close() {
        calls.close();
    }

    @Test
    void returnsWhatTheCallReturnsFromAThreadThatKeepsNoJvmAlive() {
        assertThat(calls.control("ask", () -> Thread.currentThread().isDaemon()))
                .isTrue();
    }

    @Test
    void aCallThatTakesTooLongIsGivenUpAndInterrupted() throws InterruptedException {
        CountDownLatch interrupted = new CountDownLatch(1);

        EngineException failure = catchThrowableOfType(
                EngineException.class,
                () -> calls.within(Duration.ofSeconds(1), "ask", () -> {
                    try {
                        return sleep();
                    } catch (InterruptedException e) {
                        interrupted.countDown();
                        throw e;
                    }
                }));

        assertThat(failure.kind()).isEqualTo(Kind.TIMED_OUT);
        assertThat(failure).hasMessage("ask: no answer within 1s");
        assertThat(failure.suggestion())
                .hasValueSatisfying(text -> assertThat(text).contains("unix:///engine.sock"));
        assertThat(interrupted.await(20, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void aCallerThatIsInterruptedGivesUpAndStaysMarked() {
        Thread.currentThread().interrupt();

        EngineException failure =
                catchThrowableOfType(EngineException.class, () -> calls.control("ask", TimedCallsTest::sleep));

        assertThat(Thread.interrupted()).isTrue();
        assertThat(failure).hasMessage("ask: interrupted before the engine was done");
    }

    @Test
    void afterTheEndThereAreNoCalls() {
        calls.close();

        EngineException failure =
                catchThrowableOfType(EngineException.class, () -> calls.control("ask", () -> "answer"));

        assertThat(failure).hasMessage("ask: the connection to the engine was closed already");
    }

    private static String sleep() throws InterruptedException {
        Thread.sleep(60_000);
        return "slept";
    }
}
