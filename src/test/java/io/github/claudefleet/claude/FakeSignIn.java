package io.github.claudefleet.claude;

import io.github.claudefleet.engine.ExecSession;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Measured behaviour of {@code claude auth login} behind {@code signin.sh}: an address, a prompt, one code, an end. */
public final class FakeSignIn {

    public static final String ADDRESS = "https://claude.ai/oauth/authorize?challenge";

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

    /** Creates a sign-in that accepts only this code. */
    public static FakeSignIn thatTakes(String goodCode, Runnable onSuccess) {
        return at(ADDRESS, goodCode, onSuccess);
    }

    /** Creates a sign-in with this address, which accepts only this code. */
    public static FakeSignIn at(String address, String goodCode, Runnable onSuccess) {
        return new FakeSignIn(
                goodCode,
                onSuccess,
                "Opening browser to sign in…\nIf the browser didn't open, visit:\n" + address
                        + "\nPaste code here if prompted > ");
    }

    /** Creates a sign-in that prints this output and ends before it prompts. */
    public static FakeSignIn thatEnds(int exitCode, String output) {
        FakeSignIn signIn = new FakeSignIn("", () -> {}, output);
        signIn.exitCode = Optional.of(exitCode);
        return signIn;
    }

    public boolean waits() {
        return exitCode.isEmpty();
    }

    /** Returns the script's report about the sign-in. */
    String report() {
        return output + "\nstate=" + (waits() ? "waiting" : "ended") + "\nstatus="
                + exitCode.map(String::valueOf).orElse("") + "\nleft=900\n";
    }

    /** Submits a code. */
    public void take(String code) {
        sent.add(code);
        boolean good = code.equals(goodCode);
        output += good ? "Login successful.\n" : "Couldn't log in: That code (" + code + ") wasn't accepted.\n";
        end(good ? 0 : 1);
        if (good) {
            onSuccess.run();
        }
    }

    public void end(int status) {
        exitCode = Optional.of(status);
    }

    /** Opens the call that submits a code. */
    ExecSession hand() {
        return new Hand();
    }

    public List<String> sent() {
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
