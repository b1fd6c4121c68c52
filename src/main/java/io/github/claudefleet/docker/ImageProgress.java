package io.github.claudefleet.docker;

import com.github.dockerjava.api.model.ResponseItem;
import io.github.claudefleet.engine.ProgressSink;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;

/** Progress of a build or pull: sends lines to the sink, and stores the last ones and the engine's error. */
final class ImageProgress<T extends ResponseItem> extends StreamCallback<T> {

    private static final int KEPT = 10;

    private final ProgressSink sink;
    private final LayerProgress layers = new LayerProgress(System::nanoTime);
    private final LineSplitter lines = new LineSplitter(this::line);
    private final Deque<String> last = new ArrayDeque<>();
    private String error;

    ImageProgress(ProgressSink sink) {
        this.sink = sink;
    }

    /** Processes an item. A status with an id concerns one layer. */
    @Override
    void take(T item) {
        if (item.isErrorIndicated()) {
            error = error(item);
        } else if (item.getStream() != null) {
            lines.write(item.getStream().getBytes(StandardCharsets.UTF_8));
        } else if (item.getStatus() != null
                && (item.getId() == null || item.getStatus().startsWith("Pulling from"))) {
            line(item.getStatus());
        } else if (item.getStatus() != null) {
            layers.take(item).ifPresent(sink::progress);
        }
    }

    @Override
    void finish() {
        lines.finish();
    }

    /** Returns the engine's error. Call it only after the end. */
    Optional<String> error() {
        return Optional.ofNullable(error);
    }

    /** Returns the last lines. Call it only after the end. */
    List<String> lastLines() {
        return List.copyOf(last);
    }

    private void line(String text) {
        String line = text.stripTrailing();
        if (line.isEmpty()) {
            return;
        }
        if (last.size() == KEPT) {
            last.removeFirst();
        }
        last.addLast(line);
        sink.progress(line);
    }

    /** Returns the error message. Some engines other than Docker fill only the older field. */
    @SuppressWarnings("deprecation")
    private static String error(ResponseItem item) {
        String detail =
                item.getErrorDetail() == null ? null : item.getErrorDetail().getMessage();
        return detail == null ? String.valueOf(item.getError()).strip() : detail.strip();
    }
}
