package io.github.claudefleet.auth;

import java.time.Duration;

/** Listener to the proof of a login and to sign-ins. */
public interface LoginListener {

    /** Reports that a request is being sent to prove the login. */
    default void provingLogin() {}

    /** Reports that a request proved the login. */
    default void loginProved(String method, Duration took) {}

    /** Reports that an earlier request proved the login recently enough. */
    default void loginRemembered(String method, Duration ago) {}

    /** Warns that the login expires soon and that a person must sign in again. */
    default void loginEndsSoon(String when) {}

    /**
     * Warns that the account's quota is used up and that the plugin waits for its reset.
     *
     * @param status login status as text
     * @param when end of the wait
     */
    default void waitingForQuota(String status, String when) {}

    /**
     * Warns that the login does not work yet and that the plugin waits for it.
     *
     * @param status login status as text
     * @param next advice for a person
     */
    default void waitingForLogin(String status, String next, Duration remaining) {}

    /** Reports that the CLI completed a sign-in. */
    default void signedIn() {}

    /**
     * Reports that a sign-in waits for its code from another terminal.
     *
     * @param address address of the sign-in page
     * @param command command that submits the code
     */
    default void signInWaits(String address, String command, Duration left) {}

    /** Warns that a sign-in was refused. */
    default void signInRefused(String reason) {}
}
