package io.github.claudefleet.docker;

import com.github.dockerjava.api.model.ResponseItem;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.LongSupplier;

/** Summarizes the many layer messages of a pull into an occasional line. */
final class LayerProgress {

    private static final Duration INTERVAL = Duration.ofSeconds(2);
    private static final Set<String> DONE = Set.of("Pull complete", "Already exists", "Download complete");
    private static final long MEGABYTE = 1_000_000;

    private final LongSupplier nanoTime;
    private final Map<String, Layer> layers = new LinkedHashMap<>();
    private long lastTold;

    /** @param nanoTime clock, such as {@link System#nanoTime} */
    LayerProgress(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
        this.lastTold = nanoTime.getAsLong();
    }

    private record Layer(long bytes, long size, boolean done) {}

    /** Processes the status of one layer and returns the total progress when it is due. */
    Optional<String> take(ResponseItem item) {
        layers.merge(item.getId(), layer(item), LayerProgress::latest);
        long now = nanoTime.getAsLong();
        if (now - lastTold < INTERVAL.toNanos() || size() == 0) {
            return Optional.empty();
        }
        lastTold = now;
        return Optional.of(text());
    }

    private static Layer layer(ResponseItem item) {
        ResponseItem.ProgressDetail detail = item.getProgressDetail();
        boolean downloads = "Downloading".equals(item.getStatus()) && detail != null;
        return new Layer(
                downloads && detail.getCurrent() != null ? detail.getCurrent() : 0,
                downloads && detail.getTotal() != null ? detail.getTotal() : 0,
                DONE.contains(item.getStatus()));
    }

    private static Layer latest(Layer before, Layer now) {
        long size = Math.max(before.size, now.size);
        boolean done = before.done || now.done;
        return new Layer(done ? size : Math.max(before.bytes, now.bytes), size, done);
    }

    private String text() {
        long done = layers.values().stream().filter(Layer::done).count();
        long bytes = layers.values().stream().mapToLong(Layer::bytes).sum();
        return done + " of " + layers.size() + " layers, " + bytes / MEGABYTE + " of " + size() / MEGABYTE + " MB";
    }

    /** Returns the size of the known layers. A layer's size is reported with its first bytes. */
    private long size() {
        return layers.values().stream().mapToLong(Layer::size).sum();
    }
}
