package io.github.claudefleet.mojo;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Reader;
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

    static final StandardInput INSTANCE = new StandardInput(new InputStreamReader(System.in, Charset.defaultCharset()));

    /** An input that has ended says so at once; one that hasn't may be silent for ever. */
    private static final Duration GLANCE = Duration.ofMillis(500);

    private final BufferedReader in;
    private CompletableFuture<Optional<String>> pending;
    private boolean ended;

    StandardInput(Reader in) {
        this.in = new BufferedReader(in);
    }

    /** The next line; empty where none came within the limit, or none can come any more. */
    synchronized Optional<String> readLine(Duration limit) throws InterruptedException {
        if (!arrives(limit)) {
            return Optional.empty();
        }
        Optional<String> line = pending.getNow(Optional.empty());
        pending = null;
        return line;
    }

    /** Whether no line can come any more, as far as a glance tells. */
    synchronized boolean hasEnded() throws InterruptedException {
        arrives(pending == null ? GLANCE : Duration.ZERO);
        return ended;
    }

    private boolean arrives(Duration limit) throws InterruptedException {
        if (ended) {
            return false;
        }
        if (pending == null) {
            pending = begin();
        }
        try {
            ended = pending.get(limit.toMillis(), TimeUnit.MILLISECONDS).isEmpty();
            return !ended;
        } catch (TimeoutException e) {
            return false;
        } catch (ExecutionException e) {
            ended = true;
            return false;
        }
    }

    private CompletableFuture<Optional<String>> begin() {
        CompletableFuture<Optional<String>> answer = new CompletableFuture<>();
        Thread reader = new Thread(() -> read(answer), "claude-fleet-stdin");
        reader.setDaemon(true);
        reader.start();
        return answer;
    }

    private void read(CompletableFuture<Optional<String>> answer) {
        try {
            answer.complete(Optional.ofNullable(in.readLine()));
        } catch (IOException e) {
            answer.completeExceptionally(e);
        }
    }
}
