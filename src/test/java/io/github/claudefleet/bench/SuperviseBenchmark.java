package io.github.claudefleet.bench;

import io.github.claudefleet.console.LogSink;
import io.github.claudefleet.spec.TaskTimeouts;
import io.github.claudefleet.supervise.ScriptedAgents;
import io.github.claudefleet.task.FleetReport;
import io.github.claudefleet.task.Outcome;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryType;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;

/**
 * Measures the memory that is needed to follow many agents that all print at once: the heap in use after repeated
 * collections, less the heap in use before. Fails above the limit.
 */
public final class SuperviseBenchmark {

    private static final int AGENTS = Integer.getInteger("bench.followed", 50);
    private static final int EVENTS = Integer.getInteger("bench.events", 2000);
    private static final long LIMIT = Long.getLong("bench.followedMegabytes", 64) << 20;

    /** Time between two measurements; each one stops all threads. */
    private static final Duration PAUSE = Duration.ofMillis(200);

    private SuperviseBenchmark() {}

    /** @param arguments directory for the results */
    public static void main(String... arguments) throws IOException, InterruptedException {
        Path results = Path.of(arguments[0]).resolve("followed");
        Map<String, String> scripts = new TreeMap<>();
        for (int i = 1; i <= AGENTS; i++) {
            scripts.put("talker-" + i, talk());
        }
        TaskTimeouts patient =
                new TaskTimeouts(Optional.of(Duration.ofMinutes(10)), Optional.empty(), Duration.ofSeconds(30));
        try (ScriptedAgents agents = new ScriptedAgents(scripts, patient)) {
            agents.start();
            long idle = inUse();
            Peak peak = new Peak();
            FleetReport report = agents.follow(new Silence(), results);
            long most = peak.end();
            tell(report, results, idle, most);
        }
    }

    private static String talk() {
        String event =
                "{\"type\":\"assistant\",\"message\":{\"content\":[{\"type\":\"tool_use\",\"id\":\"t\",\"name\":\"Bash\","
                        + "\"input\":{\"command\":\"" + "talk ".repeat(190) + "\"}}]}}";
        return "yes '" + event + "' | head -n " + EVENTS
                + "\necho '{\"type\":\"result\",\"subtype\":\"success\",\"is_error\":false,\"result\":\"fine\"}'\n";
    }

    private static void tell(FleetReport report, Path results, long idle, long most) throws IOException {
        long kept;
        try (Stream<Path> files = Files.walk(results)) {
            kept = files.filter(file -> file.endsWith("events.jsonl"))
                    .mapToLong(file -> file.toFile().length())
                    .sum();
        }
        System.out.printf(
                "%d agents followed, %d done, %d MB of events: %.1f MiB in use before, %.1f MiB at most, %.1f MiB more%n",
                AGENTS,
                report.count(Outcome.DONE),
                kept / 1_000_000,
                idle / 1048576.0,
                most / 1048576.0,
                (most - idle) / 1048576.0);
        if (report.count(Outcome.DONE) != AGENTS || most - idle > LIMIT) {
            throw new IllegalStateException("not all were done, or more than " + (LIMIT >> 20) + " MiB were needed");
        }
    }

    /** Heap in use after a collection, as reported by the collector, without later allocations of other threads. */
    private static long inUse() {
        System.gc();
        return ManagementFactory.getMemoryPoolMXBeans().stream()
                .filter(pool -> pool.getType() == MemoryType.HEAP && pool.getCollectionUsage() != null)
                .mapToLong(pool -> pool.getCollectionUsage().getUsed())
                .sum();
    }

    /** Maximum heap in use while other threads work. */
    private static final class Peak {

        private final AtomicBoolean over = new AtomicBoolean();
        private final Thread thread = new Thread(this::look, "peak");
        private long most;

        Peak() {
            thread.start();
        }

        private void look() {
            while (!over.get()) {
                most = Math.max(most, inUse());
                LockSupport.parkNanos(PAUSE.toNanos());
            }
        }

        long end() throws InterruptedException {
            over.set(true);
            thread.join();
            return most;
        }
    }

    private static final class Silence implements LogSink {

        @Override
        public void debug(String line) {}

        @Override
        public void info(String line) {}

        @Override
        public void warn(String line) {}
    }
}
