package io.github.claudefleet.claude;

import io.github.claudefleet.engine.ExecResult;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/** Answers of Claude Code 2.1.330 to the prober's request, recorded in a container and shortened. */
public final class RecordedAnswer {

    private RecordedAnswer() {}

    /** Returns the answer of this name, with its exit status. */
    public static ExecResult named(String name) {
        return new ExecResult(name.equals("answered") ? 0 : 1, text(name), "");
    }

    /** Returns the output of a command that was killed, with this exit status. */
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
