package io.github.claudefleet.kubernetes;

import io.fabric8.kubernetes.api.model.OwnerReference;
import io.github.claudefleet.engine.EngineException;
import io.github.claudefleet.engine.EngineException.Kind;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * Anchors of fleets. An anchor is created with a fleet's first object and removed with its last volume. That of a build's
 * fleet is renewed as long as the connection that created it is open, and ends by itself soon afterwards.
 */
final class FleetAnchors implements ObjectOwners, AutoCloseable {

    /** Time in which a fleet ends that nobody renews. */
    static final Duration WINDOW = Duration.ofMinutes(2);

    private static final Duration BETWEEN_RENEWALS = Duration.ofSeconds(20);

    /** Time for which an anchor that was seen is trusted to exist. */
    private static final Duration TRUST = Duration.ofSeconds(10);

    private final ClusterConnection connection;
    private final Map<String, Held> anchors = new ConcurrentHashMap<>();
    private final ScheduledExecutorService renewals;

    FleetAnchors(ClusterConnection connection) {
        this.connection = connection;
        this.renewals = Executors.newSingleThreadScheduledExecutor(work -> {
            Thread thread = new Thread(work, "fleet-anchors");
            thread.setDaemon(true);
            return thread;
        });
        renewals.scheduleWithFixedDelay(
                this::renewAll, BETWEEN_RENEWALS.toSeconds(), BETWEEN_RENEWALS.toSeconds(), TimeUnit.SECONDS);
    }

    /**
     * Anchor of a fleet.
     *
     * @param isOwn true if this connection renews it
     * @param seenNanos time at which it was last seen
     */
    private record Held(FleetAnchor anchor, boolean isOwn, long seenNanos) {

        boolean isFresh() {
            return System.nanoTime() - seenNanos < TRUST.toNanos();
        }
    }

    @Override
    public Optional<OwnerReference> of(Map<String, String> labels) {
        SelectingLabels fleet = SelectingLabels.of(labels);
        return fleet.isOfFleet()
                ? Optional.of(anchors.compute(fleet.anchor(), (name, held) -> held(fleet, labels, held))
                        .anchor()
                        .owner())
                : Optional.empty();
    }

    /** Returns an anchor that exists: an object with an owner that is gone would be removed by the cluster. */
    private Held held(SelectingLabels fleet, Map<String, String> labels, Held former) {
        if (former != null && former.isFresh()) {
            return former;
        }
        if (former != null && former.anchor().exists()) {
            return new Held(former.anchor(), former.isOwn(), System.nanoTime());
        }
        return found(fleet).orElseGet(() -> created(fleet, labels));
    }

    private Optional<Held> found(SelectingLabels fleet) {
        return FleetAnchor.find(connection, fleet.anchor()).map(anchor -> new Held(anchor, false, System.nanoTime()));
    }

    private Held created(SelectingLabels fleet, Map<String, String> labels) {
        Optional<Duration> window = fleet.endsWithBuild() ? Optional.of(WINDOW) : Optional.empty();
        try {
            FleetAnchor anchor = FleetAnchor.create(connection, fleet.anchor(), labels, window);
            return new Held(anchor, window.isPresent(), System.nanoTime());
        } catch (EngineException e) {
            if (e.kind() != Kind.CONFLICT) {
                throw e;
            }
            return found(fleet).orElseThrow(() -> e);
        }
    }

    @Override
    public void end(SelectingLabels fleet) {
        anchors.remove(fleet.anchor());
        FleetAnchor.find(connection, fleet.anchor()).ifPresent(FleetAnchor::end);
    }

    private void renewAll() {
        anchors.forEach((name, held) -> {
            if (held.isOwn()) {
                renew(name, held);
            }
        });
    }

    /** Renews an anchor. After a failure, the next renewal is in time, unless the anchor is gone. */
    private void renew(String name, Held held) {
        try {
            held.anchor().renew(WINDOW);
        } catch (EngineException e) {
            if (e.kind() == Kind.NOT_FOUND) {
                anchors.remove(name, held);
            }
        }
    }

    @Override
    public void close() {
        renewals.shutdownNow();
    }
}
