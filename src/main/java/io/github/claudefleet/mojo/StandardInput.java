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
 * Maven's standard input, read by lines with a time limit. A read can't be cancelled. One that exceeds its limit
 * therefore continues, and its line answers the next question.
 */
final class StandardInput {

    static final StandardInput INSTANCE = new StandardInput(new InputStreamReader(System.in, Charset.defaultCharset()));

    /**
     * Time to detect that the input has ended. An ended input reports this at once; an open one may be silent forever.
     */
    private static final Duration GLANCE = Duration.ofMillis(500);

    private final BufferedReader in;
    private CompletableFuture<Optional<String>> pending;
    private boolean ended;

    StandardInput(Reader in) {
        this.in = new BufferedReader(in);
    }

    /** Returns the next line; empty if none came within the limit, or none can come any more. */
    synchronized Optional<String> readLine(Duration limit) throws InterruptedException {
        if (!arrives(limit)) {
            return Optional.empty();
        }
        Optional<String> line = pending.getNow(Optional.empty());
        pending = null;
        return line;
    }

    /** Returns true if no line can come any more, as far as a short wait shows. */
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
