package io.github.claudefleet.auth;

import io.github.claudefleet.engine.ExecSession;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** {@code claude auth login} as it was measured, behind {@code signin.sh}: an address, a prompt, one code, an end. */
final class FakeSignIn {

    static final String ADDRESS = "https://claude.ai/oauth/authorize?challenge";

    private final String goodCode;
    private final Runnable onSuccess;
    private final List<String> sent = new ArrayList<>();
    private String output;
    private Optional<Integer> exitCode = Optional.empty();

    private FakeSignIn(String goodCode, Runnable onSuccess, String output) {
        this.goodCode = goodCode;
        this.onSuccess = onSuccess;
        this.output = output;
    }

    /** One that takes that code and no other. */
    static FakeSignIn thatTakes(String goodCode, Runnable onSuccess) {
        return at(ADDRESS, goodCode, onSuccess);
    }

    /** The same at an address of its own. */
    static FakeSignIn at(String address, String goodCode, Runnable onSuccess) {
        return new FakeSignIn(
                goodCode,
                onSuccess,
                "Opening browser to sign in…\nIf the browser didn't open, visit:\n" + address
                        + "\nPaste code here if prompted > ");
    }

    /** One that prints something and ends before it asks. */
    static FakeSignIn thatEnds(int exitCode, String output) {
        FakeSignIn signIn = new FakeSignIn("", () -> {}, output);
        signIn.exitCode = Optional.of(exitCode);
        return signIn;
    }

    boolean waits() {
        return exitCode.isEmpty();
    }

    /** What the script says of it. */
    String report() {
        return output + "\nstate=" + (waits() ? "waiting" : "ended") + "\nstatus="
                + exitCode.map(String::valueOf).orElse("") + "\nleft=900\n";
    }

    /** Somebody hands in a code. */
    void take(String code) {
        sent.add(code);
        boolean good = code.equals(goodCode);
        output += good ? "Login successful.\n" : "Couldn't log in: That code (" + code + ") wasn't accepted.\n";
        end(good ? 0 : 1);
        if (good) {
            onSuccess.run();
        }
    }

    void end(int status) {
        exitCode = Optional.of(status);
    }

    /** The call that hands in a code. */
    ExecSession hand() {
        return new Hand();
    }

    List<String> sent() {
        return sent;
    }

    private final class Hand implements ExecSession {

        private String printed = "";

        @Override
        public String output() {
            return printed;
        }

        @Override
        public Optional<Integer> exitCode() {
            return printed.isEmpty() ? Optional.empty() : Optional.of(0);
        }

        @Override
        public void send(String line) {
            if (waits()) {
                take(line);
            }
            printed = report();
        }

        @Override
        public boolean awaitChange(Duration limit) {
            throw new AssertionError("everything was said; nothing is to be waited for");
        }

        @Override
        public void close() {}
    }
}
