package io.github.claudefleet.docker;

import io.github.claudefleet.engine.ContainerEngine;
import io.github.claudefleet.engine.EngineException;
import java.time.Duration;
import java.util.List;

/** Retries stops and removals, as a temporary failure would leave resources behind for good. Retries nothing else. */
final class RetriedRemovals extends ForwardingEngine {

    /** Pauses between attempts. A restarted engine is back after two to five seconds. */
    private static final List<Duration> PAUSES = List.of(
            Duration.ofMillis(250),
            Duration.ofMillis(500),
            Duration.ofSeconds(1),
            Duration.ofSeconds(2),
            Duration.ofSeconds(4));

    private final Duration patience;

    /** @param patience time after which there is no further attempt */
    RetriedRemovals(ContainerEngine engine, Duration patience) {
        super(engine);
        this.patience = patience;
    }

    @Override
    public void stop(String containerId, Duration grace) {
        stubbornly("stop container " + ShortIds.shown(containerId), () -> super.stop(containerId, grace));
    }

    @Override
    public void removeContainer(String containerId) {
        stubbornly("remove container " + ShortIds.shown(containerId), () -> super.removeContainer(containerId));
    }

    @Override
    public void removeNetwork(String networkId) {
        stubbornly("remove network " + ShortIds.shown(networkId), () -> super.removeNetwork(networkId));
    }

    @Override
    public void removeVolume(String name) {
        stubbornly("remove volume " + name, () -> super.removeVolume(name));
    }

    private void stubbornly(String call, Runnable removal) {
        long end = System.nanoTime() + patience.toNanos();
        for (Duration pause : PAUSES) {
            try {
                removal.run();
                return;
            } catch (EngineException e) {
                if (!mayPass(e) || System.nanoTime() > end) {
                    throw e;
                }
            }
            TimedCalls.sleep(call, pause);
        }
        removal.run();
    }

    /** Returns true if the failure may be temporary. An engine that refuses a call will refuse it again. */
    private static boolean mayPass(EngineException e) {
        return switch (e.kind()) {
            case UNREACHABLE, TIMED_OUT, FAILED -> !Thread.currentThread().isInterrupted();
            case NOT_FOUND, CONFLICT -> false;
        };
    }
}
