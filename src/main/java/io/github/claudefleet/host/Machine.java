package io.github.claudefleet.host;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Resources of this machine, total and free, as Linux reports them; unknown on other systems. */
public final class Machine {

    private static final Pattern TASKS = Pattern.compile("\\d+/(\\d+)");
    private static final int TASKS_FIELD = 3;

    private final Path proc;

    /**
     * Creates a machine from its files.
     *
     * @param proc directory {@code /proc}
     */
    public Machine(Path proc) {
        this.proc = proc;
    }

    /** Returns the machine that this process runs on. */
    public static Machine here() {
        return new Machine(Path.of("/proc"));
    }

    /** Returns the total memory, in bytes. */
    public OptionalLong memory() {
        return memory("MemTotal");
    }

    /** Returns the memory that new processes can use without swapping, in bytes. */
    public OptionalLong freeMemory() {
        return memory("MemAvailable");
    }

    /** Returns the maximum number of processes and threads. */
    public OptionalLong tasks() {
        OptionalLong ids = number("sys/kernel/pid_max");
        OptionalLong threads = number("sys/kernel/threads-max");
        return ids.isPresent() && threads.isPresent()
                ? OptionalLong.of(Math.min(ids.getAsLong(), threads.getAsLong()))
                : OptionalLong.empty();
    }

    /** Returns the number of processes and threads that can still be started. */
    public OptionalLong freeTasks() {
        Optional<Long> present = line("loadavg", "")
                .map(line -> line.split(" "))
                .filter(fields -> fields.length > TASKS_FIELD)
                .map(fields -> TASKS.matcher(fields[TASKS_FIELD]))
                .filter(Matcher::matches)
                .map(matcher -> Long.parseLong(matcher.group(1)));
        return present.isPresent() && tasks().isPresent()
                ? OptionalLong.of(tasks().getAsLong() - present.get())
                : OptionalLong.empty();
    }

    private OptionalLong memory(String what) {
        return line("meminfo", what + ":")
                .map(line -> line.replaceAll("\\D", ""))
                .filter(digits -> !digits.isEmpty())
                .map(digits -> OptionalLong.of(Long.parseLong(digits) << 10))
                .orElse(OptionalLong.empty());
    }

    private OptionalLong number(String file) {
        return line(file, "")
                .map(String::strip)
                .filter(line -> line.matches("\\d{1,18}"))
                .map(line -> OptionalLong.of(Long.parseLong(line)))
                .orElse(OptionalLong.empty());
    }

    private Optional<String> line(String file, String prefix) {
        try {
            List<String> lines = Files.readAllLines(proc.resolve(file));
            return lines.stream().filter(line -> line.startsWith(prefix)).findFirst();
        } catch (IOException e) {
            return Optional.empty();
        }
    }
}
