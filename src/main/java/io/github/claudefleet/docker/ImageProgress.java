package io.github.claudefleet.docker;

import com.github.dockerjava.api.model.ResponseItem;
import io.github.claudefleet.engine.ProgressSink;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;

/** What an engine says while it builds or pulls: lines for the sink, the last of them, and its error if there is one. */
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

    /** Statuses with an id are about one layer. */
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

    /** The engine's own error; read it after the end. */
    Optional<String> error() {
        return Optional.ofNullable(error);
    }

    /** The last lines; read them after the end. */
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

    /** The older field is the only one that some engines beside Docker's fill. */
    @SuppressWarnings("deprecation")
    private static String error(ResponseItem item) {
        String detail =
                item.getErrorDetail() == null ? null : item.getErrorDetail().getMessage();
        return detail == null ? String.valueOf(item.getError()).strip() : detail.strip();
    }
}
