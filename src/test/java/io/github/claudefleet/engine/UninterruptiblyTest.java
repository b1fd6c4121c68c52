package io.github.claudefleet.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class UninterruptiblyTest {

    @AfterEach
    void forgetTheInterrupt() {
        Thread.interrupted();
    }

    @Test
    void whoWasInterruptedBeforeGetsTheWorkDoneAndStaysInterrupted() {
        Thread.currentThread().interrupt();

        String done = Uninterruptibly.call(() -> {
            Thread.sleep(10);
            return "done";
        });

        assertThat(done).isEqualTo("done");
        assertThat(Thread.currentThread().isInterrupted()).isTrue();
    }

    @Test
    void whoIsInterruptedMeanwhileWaitsForTheEnd() throws InterruptedException {
        CountDownLatch begun = new CountDownLatch(1);
        CountDownLatch goOn = new CountDownLatch(1);
        AtomicBoolean returned = new AtomicBoolean();
        AtomicBoolean marked = new AtomicBoolean();
        Thread caller = new Thread(() -> {
            Uninterruptibly.run(() -> {
                begun.countDown();
                assertThat(goOn.await(20, TimeUnit.SECONDS)).isTrue();
            });
            marked.set(Thread.currentThread().isInterrupted());
            returned.set(true);
        });
        caller.start();
        begun.await();

        caller.interrupt();
        assertThat(returned).isFalse();
        goOn.countDown();
        caller.join(20_000);

        assertThat(returned).isTrue();
        assertThat(marked).as("it still knows that it was interrupted").isTrue();
    }

    @Test
    void whatTheWorkThrowsIsThrown() {
        IllegalStateException reason = new IllegalStateException("broken");

        assertThatThrownBy(() -> Uninterruptibly.run(() -> {
                    throw reason;
                }))
                .isSameAs(reason);
    }
}
