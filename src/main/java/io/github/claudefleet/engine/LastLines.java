package io.github.claudefleet.engine;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** End of a container's log, for messages on why it failed. */
public final class LastLines {

    private static final Duration LIMIT = Duration.ofSeconds(5);

    private LastLines() {}

    /**
     * Returns the lines that a container printed last, as far as the engine reports them within 5 s.
     *
     * @param most maximum number of lines
     */
    public static List<String> of(ContainerEngine engine, String containerId, int most) throws InterruptedException {
        List<String> lines = new CopyOnWriteArrayList<>();
        try (LogStream stream = engine.logs().read(LogRequest.last(containerId, most), lines::add)) {
            stream.awaitEnd(LIMIT);
        }
        return List.copyOf(lines);
    }
}
