package io.github.claudefleet.mojo;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.Charset;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Maven's standard input, read a line at a time with a limit. A read can't be called off, so one that outlived its
 * limit goes on and its line is the answer to the next question.
 */
final class StandardInput {

    static final StandardInput INSTANCE = new StandardInput();

    private final BufferedReader in = new BufferedReader(new InputStreamReader(System.in, Charset.defaultCharset()));
    private CompletableFuture<Optional<String>> pending;

    private StandardInput() {}

    /** What came: a line, nothing within the limit, or the end of all input. */
    record Answer(Optional<String> line, boolean ended) {}

    synchronized Answer readLine(Duration limit) throws InterruptedException {
        if (pending == null) {
            pending = new CompletableFuture<>();
            Thread reader = new Thread(() -> read(pending), "claude-fleet-stdin");
            reader.setDaemon(true);
            reader.start();
        }
        try {
            Optional<String> line = pending.get(limit.toMillis(), TimeUnit.MILLISECONDS);
            pending = null;
            return new Answer(line, line.isEmpty());
        } catch (TimeoutException e) {
            return new Answer(Optional.empty(), false);
        } catch (ExecutionException e) {
            pending = null;
            return new Answer(Optional.empty(), true);
        }
    }

    private void read(CompletableFuture<Optional<String>> answer) {
        try {
            answer.complete(Optional.ofNullable(in.readLine()));
        } catch (IOException e) {
            answer.completeExceptionally(e);
        }
    }
}
