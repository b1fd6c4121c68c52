package io.github.claudefleet.supervise;

import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/** Cached threads that count their work. */
final class CountingThreads extends ThreadPoolExecutor {

    private final AtomicLong begun = new AtomicLong();
    private final AtomicLong ended = new AtomicLong();

    CountingThreads() {
        super(0, Integer.MAX_VALUE, 10, TimeUnit.SECONDS, new SynchronousQueue<>(), work -> {
            Thread thread = new Thread(work, "supervised-agents");
            thread.setDaemon(true);
            return thread;
        });
    }

    @Override
    public void execute(Runnable command) {
        begun.incrementAndGet();
        super.execute(command);
    }

    @Override
    protected void afterExecute(Runnable command, Throwable thrown) {
        ended.incrementAndGet();
    }

    long begun() {
        return begun.get();
    }

    long ended() {
        return ended.get();
    }
}
