package io.github.claudefleet.console;

import io.github.claudefleet.auth.LoginListener;
import io.github.claudefleet.fleet.FleetLoginListener;
import io.github.claudefleet.spec.Durations;
import io.github.claudefleet.spec.LoginMode;
import io.github.claudefleet.spec.LoginSpec;
import java.nio.file.Path;
import java.time.Duration;

/** Formats the choice, the proof and the end of a login. */
final class ConsoleLoginListener implements LoginListener, FleetLoginListener {

    private final LogSink sink;

    ConsoleLoginListener(LogSink sink) {
        this.sink = sink;
    }

    @Override
    public void loginChosen(LoginSpec login) {
        sink.info("Login: mode " + login.mode().value() + ", "
                + login.credential()
                        .map(credential -> "from " + credential.origin())
                        .or(() -> login.federation()
                                .map(federation -> "rule " + federation.rule() + ", identity token from "
                                        + federation.identity().origin()
                                        + (federation.identity().isRenewed()
                                                ? ""
                                                : ", which nothing renews: the fleet can work until its access token"
                                                        + " ends")))
                        .orElse(
                                login.mode() == LoginMode.PROVIDER
                                        ? "from the containers' environment and mounts"
                                        : "kept in " + login.directory()));
    }

    @Override
    public void loginNotSeparable(String image) {
        sink.warn("The Claude Code CLI in " + image + " can't store the login separately (it ignores"
                + " CLAUDE_SECURESTORAGE_CONFIG_DIR): agents share one directory, read-write, for everything."
                + " To select this explicitly: -Dclaude-fleet.sharing=all");
    }

    @Override
    public void provingLogin() {
        sink.debug("Proving the login with a real request");
    }

    @Override
    public void loginProved(String method, Duration took) {
        sink.info("Login works: a real request was answered (" + method + ", " + Durations.toText(took) + ")");
    }

    @Override
    public void loginRemembered(String method, Duration ago) {
        sink.info("Login works: proved by a request " + Durations.toText(ago) + " ago (" + method + ")");
    }

    @Override
    public void loginMethod(String method) {
        sink.info("Login: the CLI reports method " + method);
    }

    @Override
    public void loginEndsSoon(String when) {
        sink.warn("The login expires at " + when
                + ", and nothing renews it. Sign in again before then: mvn claude-fleet:stop"
                + " claude-fleet:logout claude-fleet:auth in a terminal.");
    }

    @Override
    public void waitingForQuota(String status, String when) {
        sink.warn("Login: " + status + ". Waiting " + when + ".");
    }

    @Override
    public void waitingForLogin(String status, String next, Duration remaining) {
        sink.warn("Login: " + status + ". " + next + " Waiting for up to " + Durations.toText(remaining) + ".");
    }

    @Override
    public void signedIn() {
        sink.info("Signed in.");
    }

    /** Prints the address on a line of its own, because scripts search for that line. */
    @Override
    public void signInWaits(String address, String command, Duration left) {
        sink.info("Sign-in address: " + address);
        sink.info("Open it in a browser, sign in, and submit the code that it shows within " + Durations.toText(left)
                + ": " + command);
    }

    @Override
    public void signInRefused(String reason) {
        sink.warn("The sign-in did not succeed: " + reason);
    }

    @Override
    public void wouldLogOut(Path directory) {
        sink.info("Dry run: the login in " + directory
                + " would be revoked for every fleet that uses it, and the auth container removed.");
    }

    @Override
    public void loggedOut(Path directory) {
        sink.info("Logged out: the login that was kept in " + directory
                + " is revoked for every fleet that uses it. Sign in again with: mvn claude-fleet:auth");
    }

    @Override
    public void nothingToLogOut(Path directory) {
        sink.info("Nothing to log out: there is no login in " + directory);
    }
}
