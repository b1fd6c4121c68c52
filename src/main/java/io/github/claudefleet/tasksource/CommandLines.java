package io.github.claudefleet.tasksource;

import io.github.claudefleet.host.ShellCommand;
import io.github.claudefleet.spec.Durations;
import io.github.claudefleet.spec.FileProblem;
import io.github.claudefleet.spec.InvalidSpecException;
import io.github.claudefleet.spec.OneLine;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Source with a row for each line that a command prints on this machine.
 *
 * @param command command for {@code sh}
 * @param directory directory that it runs in
 * @param limit maximum time that it may take
 */
public record CommandLines(String command, Path directory, Duration limit) implements TaskSource {

    public static final Duration LIMIT = Duration.ofMinutes(2);

    private static final String PARAMETER = "agent.tasksFrom.command";
    private static final long MOST_BYTES = 10L << 20;
    private static final int LONGEST_SHOWN = 60;
    private static final int LONGEST_REASON = 200;

    @Override
    public Rows read() {
        List<Row> rows = output().lines()
                .filter(line -> !line.isBlank())
                .map(String::strip)
                .map(line -> new Row(line, line, Map.of("line", line), Set.of()))
                .toList();
        return new Rows(rows, "the command " + shown(), "the command " + shown() + " printed nothing");
    }

    private String output() {
        try {
            Path output = Files.createTempFile("claude-fleet-tasks-", ".txt");
            Path errors = Files.createTempFile("claude-fleet-tasks-", ".err");
            try {
                check(run(output, errors), output, errors);
                return text(output);
            } finally {
                Files.delete(output);
                Files.delete(errors);
            }
        } catch (IOException e) {
            throw refusal("can't be run: " + FileProblem.of(e), "Check that " + directory + " and sh are there.");
        }
    }

    private int run(Path output, Path errors) throws IOException {
        try {
            return new ShellCommand(command, directory, variables -> {})
                    .run(limit, output, errors)
                    .orElseThrow(() -> refusal(
                            "did not end within " + Durations.toText(limit),
                            "Let it print what is already there, or write its output to a file before."));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw refusal("was interrupted", "Run the goal again.");
        }
    }

    private void check(int status, Path output, Path errors) throws IOException {
        if (Files.size(output) > MOST_BYTES) {
            throw refusal("printed more than 10 MiB", "Let it print a line for each task.");
        }
        if (status != 0) {
            String said = Files.size(errors) > 0 ? text(errors) : text(output);
            String last = said.lines().filter(line -> !line.isBlank()).reduce("", (before, line) -> line);
            throw refusal(
                    "ended with status " + status
                            + (last.isEmpty() ? " and printed nothing" : ": " + OneLine.of(last, LONGEST_REASON)),
                    "Run it in " + directory + " to see why. If this status means that there is nothing to do, as"
                            + " grep's 1 does, add || true.");
        }
    }

    private static String text(Path file) throws IOException {
        return new String(Files.readAllBytes(file), StandardCharsets.UTF_8);
    }

    private String shown() {
        return OneLine.of(command, LONGEST_SHOWN);
    }

    private InvalidSpecException refusal(String problem, String suggestion) {
        return new InvalidSpecException(PARAMETER, "\"" + shown() + "\" " + problem, suggestion);
    }
}
