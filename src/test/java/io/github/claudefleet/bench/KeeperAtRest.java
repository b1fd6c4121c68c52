package io.github.claudefleet.bench;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.PrintStream;
import java.time.Duration;

/**
 * Resource usage of an idle auth container.
 *
 * @param engine engine that runs the container
 * @param id id of the container
 */
record KeeperAtRest(BaselineEngine engine, String id) {

    private static final Duration WATCHED = Duration.ofSeconds(60);
    private static final ObjectMapper JSON = new ObjectMapper();

    void print(PrintStream out) throws IOException, InterruptedException {
        JsonNode before = JSON.readTree(engine.stats(id));
        Thread.sleep(WATCHED.toMillis());
        JsonNode after = JSON.readTree(engine.stats(id));
        out.printf(
                "Keeper at rest: %d KiB, %d ms of processor in %d s%n",
                memory(after) >> 10, (processor(after) - processor(before)) / 1_000_000, WATCHED.toSeconds());
    }

    /**
     * Memory usage as in `docker stats`: usage less the file cache that can be dropped; the keys are of cgroup v2 and
     * v1.
     */
    static long memory(JsonNode stats) {
        JsonNode memory = stats.path("memory_stats");
        JsonNode details = memory.path("stats");
        long droppable = details.path("inactive_file").asLong(0);
        return memory.path("usage").asLong()
                - details.path("total_inactive_file").asLong(droppable);
    }

    /** Processor time in nanoseconds since the container's start. */
    private static long processor(JsonNode stats) {
        return stats.path("cpu_stats").path("cpu_usage").path("total_usage").asLong();
    }
}
