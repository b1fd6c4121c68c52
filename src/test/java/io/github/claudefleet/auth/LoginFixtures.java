package io.github.claudefleet.auth;

import io.github.claudefleet.spec.Federation;
import io.github.claudefleet.spec.LoginMode;
import io.github.claudefleet.spec.LoginSpec;
import io.github.claudefleet.spec.Secret;
import io.github.claudefleet.spec.Sharing;
import io.github.claudefleet.spec.Shop;
import io.github.claudefleet.spec.SignInSpec;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/** Login specs for tests: a limit of one minute, a check every five seconds, a proof that is valid for 15 minutes. */
final class LoginFixtures {

    private LoginFixtures() {}

    static LoginSpec of(LoginMode mode, Path directory) {
        return of(mode, directory, LoginSpec.Quota.DEFAULT, SignInSpec.DEFAULT);
    }

    static LoginSpec of(LoginMode mode, Path directory, LoginSpec.Quota quota) {
        return of(mode, directory, quota, SignInSpec.DEFAULT);
    }

    static LoginSpec of(LoginMode mode, Path directory, LoginSpec.Quota quota, SignInSpec signIn) {
        return new LoginSpec(
                mode,
                directory,
                credential(mode),
                federation(mode),
                Sharing.LOGIN,
                LoginSpec.exposureOf(mode),
                Duration.ofMinutes(1),
                Duration.ofSeconds(5),
                Duration.ofMinutes(15),
                quota,
                signIn);
    }

    private static Optional<Federation> federation(LoginMode mode) {
        return mode == LoginMode.FEDERATION ? Optional.of(Shop.federation()) : Optional.empty();
    }

    private static Optional<LoginSpec.Credential> credential(LoginMode mode) {
        return mode.takesCredential()
                ? Optional.of(new LoginSpec.Credential(Secret.of("invented"), "a test"))
                : Optional.empty();
    }
}
