package io.github.claudefleet.fleet;

import io.github.claudefleet.spec.LoginSpec;
import java.nio.file.Path;

/** Listener to a fleet's use of a login, and to its logout. */
public interface FleetLoginListener {

    /** Reports the login in use. */
    default void loginChosen(LoginSpec login) {}

    /** Warns that the CLI can't store the login separately from its other state, so that everything is shared. */
    default void loginNotSeparable(String image) {}

    /** Reports the login method that the CLI names, if no proof is requested. */
    default void loginMethod(String method) {}

    /** Reports the login that a dry run would revoke. */
    default void wouldLogOut(Path directory) {}

    /** Reports that the login was revoked. */
    default void loggedOut(Path directory) {}

    /** Reports that there was no login to revoke. */
    default void nothingToLogOut(Path directory) {}
}
