package io.github.claudefleet.claude;

import io.github.claudefleet.engine.ExecResult;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/** What Claude Code 2.1.330 really answered to the prober's request, recorded in a container and shortened. */
public final class RecordedAnswer {

    private RecordedAnswer() {}

    /** The answer of that name, with the exit status that it came with. */
    public static ExecResult named(String name) {
        return new ExecResult(name.equals("answered") ? 0 : 1, text(name), "");
    }

    /** What was printed before the command was ended with that status. */
    public static ExecResult cutOff(int exitCode) {
        return new ExecResult(exitCode, text("silence"), "");
    }

    private static String text(String name) {
        try (InputStream in = RecordedAnswer.class.getResourceAsStream(name + ".jsonl")) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
