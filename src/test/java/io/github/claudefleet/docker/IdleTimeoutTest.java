package io.github.claudefleet.docker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.github.claudefleet.engine.EngineException;
import io.github.claudefleet.engine.EngineException.Kind;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class IdleTimeoutTest {

    private static final Duration GLANCE = Duration.ofMillis(200);

    private final TimedCalls calls = new TimedCalls(new ErrorTranslator("unix:///engine.sock"), Duration.ofSeconds(10));
    private final AtomicInteger pings = new AtomicInteger();

    @AfterEach
    void close() {
        calls.close();
    }

    @Test
    void aSilentStreamIsWaitedForAsLongAsTheEngineAnswers() throws Exception {
        Stream stream = new Stream();
        CompletableFuture<Void> waiting = wait(stream, Duration.ofMinutes(1));

        for (int look = 0; look < 200 && pings.get() < 3; look++) {
            Thread.sleep(50);
        }
        assertThat(pings.get()).isGreaterThanOrEqualTo(3);
        assertThat(waiting).isNotDone();
        stream.onComplete();

        waiting.get(20, TimeUnit.SECONDS);
    }

    @Test
    void aStreamThatGoesOnIsAskedAboutByNobody() throws Exception {
        Stream stream = new Stream();
        CompletableFuture<Void> waiting = wait(stream, Duration.ofMinutes(1), Duration.ofSeconds(10));

        for (int line = 0; line < 5; line++) {
            stream.onNext("line");
            Thread.sleep(20);
        }
        stream.onComplete();

        waiting.get(20, TimeUnit.SECONDS);
        assertThat(pings).hasValue(0);
    }

    @Test
    void anEngineThatFallsSilentAltogetherEndsTheWait() {
        IdleTimeout rule = new IdleTimeout(
                calls,
                () -> {
                    throw new IllegalStateException("nobody there");
                },
                GLANCE,
                Duration.ofMinutes(1));

        EngineException failure =
                catchThrowableOfType(EngineException.class, () -> rule.await("build image x", new Stream()));

        assertThat(failure.kind()).isEqualTo(Kind.TIMED_OUT);
        assertThat(failure)
                .hasMessageMatching(
                        "build image x: nothing was heard for \\d+ms, and the engine doesn't answer any more");
    }

    @Test
    void aSilenceThatIsTooLongEndsTheWaitWhateverTheEngineSays() {
        EngineException failure = catchThrowableOfType(
                EngineException.class, () -> rule(GLANCE, Duration.ofSeconds(1)).await("pull image x", new Stream()));

        assertThat(pings.get()).isPositive();
        assertThat(failure).hasMessageMatching("pull image x: nothing was heard for 1s, and the engine answers, .*");
        assertThat(failure.suggestion()).isPresent();
    }

    private CompletableFuture<Void> wait(Stream stream, Duration most) {
        return wait(stream, most, GLANCE);
    }

    private CompletableFuture<Void> wait(Stream stream, Duration most, Duration glance) {
        return CompletableFuture.runAsync(() -> {
            try {
                rule(glance, most).await("build image x", stream);
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        });
    }

    private IdleTimeout rule(Duration glance, Duration most) {
        return new IdleTimeout(calls, pings::incrementAndGet, glance, most);
    }

    private static final class Stream extends StreamCallback<String> {
        @Override
        void take(String item) {}
    }
}
