package io.github.claudefleet.converge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class ParallelTest {

    @Test
    void resultsAreInTheOrderOfTheInputs() throws InterruptedException {
        List<Integer> results = Parallel.map(List.of(30, 20, 1), 3, pause -> {
            Thread.sleep(pause);
            return pause;
        });

        assertThat(results).containsExactly(30, 20, 1);
    }

    @Test
    void nothingIsDoneForNoInput() throws InterruptedException {
        assertThat(Parallel.map(List.of(), 0, input -> input)).isEmpty();
    }

    @Test
    void asManyAreDoneAtOnceAsIsAllowed() throws InterruptedException {
        CyclicBarrier all = new CyclicBarrier(3);

        assertThat(Parallel.map(List.of(1, 2, 3), 3, input -> await(all))).containsExactly(true, true, true);
    }

    @Test
    void neverMoreAreDoneAtOnceThanIsAllowed() throws InterruptedException {
        AtomicInteger now = new AtomicInteger();
        AtomicInteger most = new AtomicInteger();

        Parallel.map(IntStream.range(0, 12).boxed().toList(), 2, input -> {
            most.accumulateAndGet(now.incrementAndGet(), Math::max);
            Thread.sleep(5);
            return now.decrementAndGet();
        });

        assertThat(most).hasValueBetween(1, 2);
    }

    @Test
    void whatIsThrownEndsTheWhole() {
        IllegalStateException reason = new IllegalStateException("broken");

        assertThatThrownBy(() -> Parallel.map(List.of(1, 2), 2, input -> {
                    throw reason;
                }))
                .isSameAs(reason);
    }

    @Test
    void nobodyIsAtWorkAnyMoreOnceItHasReturned() {
        AtomicBoolean atWork = new AtomicBoolean();
        CountDownLatch begun = new CountDownLatch(1);

        assertThatThrownBy(() -> Parallel.map(List.of("fails", "takes its time"), 2, input -> {
                    if (input.equals("fails")) {
                        begun.await();
                        throw new IllegalStateException("broken");
                    }
                    atWork.set(true);
                    begun.countDown();
                    finishSlowly();
                    atWork.set(false);
                    return null;
                }))
                .hasMessage("broken");

        assertThat(atWork).isFalse();
    }

    @Test
    void anInterruptedWaitEndsTheWorkAsWell() throws InterruptedException {
        CountDownLatch begun = new CountDownLatch(1);
        CountDownLatch interrupted = new CountDownLatch(1);
        Thread caller = new Thread(() -> {
            try {
                Parallel.map(List.of(1), 1, input -> sleepUntilInterrupted(begun, interrupted));
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
        caller.start();
        begun.await();
        caller.interrupt();

        assertThat(interrupted.await(10, TimeUnit.SECONDS)).isTrue();
    }

    /** Simulates a call that cannot be cancelled at once. */
    private static void finishSlowly() {
        try {
            Thread.sleep(10_000);
        } catch (InterruptedException e) {
            long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(200);
            while (System.nanoTime() < end) {
                Thread.onSpinWait();
            }
        }
    }

    private static boolean sleepUntilInterrupted(CountDownLatch begun, CountDownLatch interrupted)
            throws InterruptedException {
        begun.countDown();
        try {
            Thread.sleep(20_000);
            return false;
        } catch (InterruptedException e) {
            interrupted.countDown();
            throw e;
        }
    }

    private static boolean await(CyclicBarrier barrier) throws InterruptedException {
        try {
            barrier.await(10, TimeUnit.SECONDS);
            return true;
        } catch (BrokenBarrierException | TimeoutException e) {
            return false;
        }
    }
}
