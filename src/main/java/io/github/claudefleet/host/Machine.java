package io.github.claudefleet.host;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What this machine has and what of that is free, as Linux tells it; elsewhere nothing is known. */
public final class Machine {

    private static final Pattern TASKS = Pattern.compile("\\d+/(\\d+)");
    private static final int TASKS_FIELD = 3;

    private final Path proc;

    /** @param proc {@code /proc} */
    public Machine(Path proc) {
        this.proc = proc;
    }

    /** The one that this runs on. */
    public static Machine here() {
        return new Machine(Path.of("/proc"));
    }

    /** All its memory, in bytes. */
    public OptionalLong memory() {
        return memory("MemTotal");
    }

    /** What new processes can have of it without anything being swapped out, in bytes. */
    public OptionalLong freeMemory() {
        return memory("MemAvailable");
    }

    /** How many processes and threads it can have at once. */
    public OptionalLong tasks() {
        OptionalLong ids = number("sys/kernel/pid_max");
        OptionalLong threads = number("sys/kernel/threads-max");
        return ids.isPresent() && threads.isPresent()
                ? OptionalLong.of(Math.min(ids.getAsLong(), threads.getAsLong()))
                : OptionalLong.empty();
    }

    /** How many more it can have. */
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
