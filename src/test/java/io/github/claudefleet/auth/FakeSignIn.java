package io.github.claudefleet.auth;

import io.github.claudefleet.engine.ExecSession;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** {@code claude auth login} as it was measured: an address, a prompt, one code, an end. */
final class FakeSignIn implements ExecSession {

    private static final String GREETING = "Opening browser to sign in…\nIf the browser didn't open, visit:\n"
            + "https://claude.ai/oauth/authorize?challenge\nPaste code here if prompted > ";

    private final String goodCode;
    private final Runnable onSuccess;
    private final List<String> sent = new ArrayList<>();
    private String output;
    private Optional<Integer> exitCode = Optional.empty();
    private boolean closed;

    private FakeSignIn(String goodCode, Runnable onSuccess, String output) {
        this.goodCode = goodCode;
        this.onSuccess = onSuccess;
        this.output = output;
    }

    /** One that takes that code and no other. */
    static FakeSignIn thatTakes(String goodCode, Runnable onSuccess) {
        return new FakeSignIn(goodCode, onSuccess, GREETING);
    }

    /** One that prints something and ends before it asks. */
    static FakeSignIn thatEnds(int exitCode, String output) {
        FakeSignIn signIn = new FakeSignIn("", () -> {}, output);
        signIn.exitCode = Optional.of(exitCode);
        return signIn;
    }

    @Override
    public String output() {
        return output;
    }

    @Override
    public Optional<Integer> exitCode() {
        return exitCode;
    }

    @Override
    public void send(String line) {
        sent.add(line);
        boolean good = line.equals(goodCode);
        output += good ? "Login successful.\n" : "Couldn't log in: That code (" + line + ") wasn't accepted.\n";
        exitCode = Optional.of(good ? 0 : 1);
        if (good) {
            onSuccess.run();
        }
    }

    @Override
    public boolean awaitChange(Duration limit) {
        throw new AssertionError("everything was said; nothing is to be waited for");
    }

    @Override
    public void close() {
        closed = true;
    }

    List<String> sent() {
        return sent;
    }

    boolean isClosed() {
        return closed;
    }
}
