package io.github.claudefleet.auth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.github.claudefleet.claude.ClaudeFiles;
import io.github.claudefleet.claude.FakeCli;
import io.github.claudefleet.claude.FakeSignIn;
import io.github.claudefleet.claude.LoginStatus.Kind;
import io.github.claudefleet.console.ConsoleListeners;
import io.github.claudefleet.console.LogSink;
import io.github.claudefleet.engine.ExecResult;
import io.github.claudefleet.spec.LoginMode;
import io.github.claudefleet.spec.LoginSpec;
import io.github.claudefleet.spec.QuotaPolicy;
import io.github.claudefleet.spec.SignInSpec;
import io.github.claudefleet.spec.Unattended;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AuthenticatorTest {

    @TempDir
    Path directory;

    private final FakeTime time = new FakeTime();
    private FakeCli cli = new FakeCli().answers("answered");
    private final List<String> log = new ArrayList<>();
    private FakePerson person = FakePerson.nonInteractive();
    private LoginMode mode = LoginMode.LOGIN;
    private LoginSpec.Quota quota = LoginSpec.Quota.DEFAULT;
    private Unattended unattended = Unattended.WAIT;
    private boolean arguments;

    @Test
    void provesALoginWithOneRequestAndRemembersIt() throws InterruptedException {
        logIn();
        authenticate();
        assertThat(cli.requests()).hasSize(1);
        assertThat(cli.proofs())
                .singleElement()
                .satisfies(proof -> assertThat(proof).matches("[0-9a-f]+ claude\\.ai"));
        assertThat(log).containsExactly("Login works: a real request was answered (claude.ai, 0ms)");
        assertThat(time.pauses()).isEmpty();
    }

    @Test
    void takesAProofOfAMomentAgoForGood() throws InterruptedException {
        provedBefore(Duration.ofMinutes(14));
        authenticate();
        assertThat(cli.requests()).isEmpty();
        assertThat(cli.statusAsked()).isZero();
        assertThat(log).containsExactly("Login works: proved by a request 14m ago (claude.ai)");
    }

    @Test
    void provesAgainWhatWasProvedLongAgo() throws InterruptedException {
        provedBefore(Duration.ofMinutes(15));
        authenticate();
        assertThat(cli.requests()).hasSize(1);
    }

    @Test
    void provesAgainWhereTheLoginIsGone() throws Exception {
        provedBefore(Duration.ofSeconds(1));
        Files.delete(directory.resolve(ClaudeFiles.CREDENTIALS));
        cli.offers(FakeSignIn.thatTakes("good#state", this::logIn));
        assertThat(failure().verdict().kind()).isEqualTo(Kind.ABSENT);
    }

    @Test
    void hasTheCliRefreshALoginThatIsAboutToExpireThoughItWasProved() throws InterruptedException {
        provedBefore(Duration.ofSeconds(1));
        logIn(FakeTime.BEGIN.plusSeconds(299), FakeTime.BEGIN.plus(Duration.ofDays(20)));
        authenticate();
        assertThat(cli.statusAsked()).as("chances to refresh: one, and no loop").isEqualTo(1);
        assertThat(cli.requests()).hasSize(1);
    }

    @Test
    void leavesALoginAloneThatTheCliWouldNotRefreshYet() throws InterruptedException {
        provedBefore(Duration.ofSeconds(1));
        logIn(FakeTime.BEGIN.plusSeconds(301), FakeTime.BEGIN.plus(Duration.ofDays(20)));
        authenticate();
        assertThat(cli.statusAsked()).isZero();
    }

    @Test
    void warnsThreeDaysBeforeTheLoginEndsThoughItWasProved() throws InterruptedException {
        provedBefore(Duration.ofSeconds(1));
        logIn(FakeTime.BEGIN.plusSeconds(3600), FakeTime.BEGIN.plus(Duration.ofHours(71)));
        authenticate();
        assertThat(log)
                .hasSize(2)
                .last()
                .satisfies(line -> assertThat(line)
                        .startsWith("WARN The login expires at 2026-11-26 ")
                        .contains("(in 2d 23h)", "Sign in again before then"));
    }

    @Test
    void warnsByWhatTheCliSaysOfTheEnd() throws InterruptedException {
        logIn();
        cli.reports("{\"authMethod\":\"claude.ai\",\"loginExpiresAt\":\"2026-11-24T10:00:00.000Z\"}");
        authenticate();
        assertThat(log).last().satisfies(line -> assertThat(line).contains("WARN", "(in 1d)"));
    }

    @Test
    void doesNotWarnEarlier() throws InterruptedException {
        logIn(FakeTime.BEGIN.plusSeconds(3600), FakeTime.BEGIN.plus(Duration.ofHours(73)));
        authenticate();
        assertThat(log).noneMatch(line -> line.contains("WARN"));
    }

    @Test
    void provesAnotherCredentialThanTheOneItRemembers() throws InterruptedException {
        mode = LoginMode.API_KEY;
        cli.reports("{\"authMethod\":\"api_key_helper\"}").knows("proved=1000 anotherkey api_key_helper\nnow=1001\n");
        authenticate();
        assertThat(cli.requests()).hasSize(1);
        assertThat(cli.proofs())
                .singleElement()
                .satisfies(
                        proof -> assertThat(proof).endsWith(" api_key_helper").doesNotContain("invented"));
    }

    @Test
    void anExchangeThatFailsVoidsAnEarlierProof() throws InterruptedException {
        mode = LoginMode.FEDERATION;
        cli.reports("{\"authMethod\":\"oauth_token\"}");
        authenticate();
        cli.knows("proved=1000 " + cli.proofs().get(0) + "\nnow=1060\n");
        authenticate();
        assertThat(cli.requests()).as("the proof is remembered").hasSize(1);

        cli.exchanges("verdict=expired\ndetail=that of variable X ended 100 s ago\n");
        assertThat(failure())
                .hasMessageStartingWith("The login was not proved: the identity token has expired (that of variable X");
        assertThat(time.pauses()).isEmpty();
    }

    @Test
    void endsAtOnceWhereTheQuotaIsUsedUp() {
        logIn();
        cli.answers("quota");
        assertThat(failure())
                .hasMessageStartingWith("The login was not proved: out of quota (the login itself is fine)")
                .hasMessageContaining("auth.whenOutOfQuota=wait");
        assertThat(time.pauses()).isEmpty();
    }

    @Test
    void waitsForTheQuotaUntilItIsThereAgainAndSaysSoOnce() throws InterruptedException {
        logIn();
        quota = new LoginSpec.Quota(QuotaPolicy.WAIT, Duration.ofHours(10));
        cli.answers("quota", "quota", "answered");
        authenticate();
        Duration untilReset = Duration.between(FakeTime.BEGIN, Instant.parse("2026-11-23T19:04:43Z"));
        assertThat(time.passed()).isGreaterThan(untilReset).isLessThan(untilReset.plusMinutes(3));
        assertThat(cli.requests()).as("asked in vain, too early, and well").hasSize(3);
        assertThat(log).filteredOn(line -> line.contains("out of quota")).hasSize(2);
        assertThat(log.get(0)).contains("WARN", "Waiting until 2026-11-23 ", "(in 9h 4m)");
    }

    @Test
    void waitsNotAtAllForAQuotaThatComesBackTooLate() {
        logIn();
        quota = new LoginSpec.Quota(QuotaPolicy.WAIT, Duration.ofHours(9));
        cli.answers("quota");
        assertThat(failure())
                .hasMessageStartingWith("The login was not proved within auth.quotaTimeout (9h): out of quota");
        assertThat(time.pauses()).isEmpty();
    }

    @Test
    void looksWithGrowingPausesForAQuotaWhoseResetNobodyKnows() {
        logIn();
        quota = new LoginSpec.Quota(QuotaPolicy.WAIT, Duration.ofHours(1));
        cli.answers(new ExecResult(
                1,
                "{\"type\":\"result\",\"is_error\":true,\"api_error_status\":429,"
                        + "\"api_error\":\"usage_limit_reached\",\"result\":\"limit\"}",
                ""));
        assertThat(failure()).hasMessageContaining("within auth.quotaTimeout (1h)");
        assertThat(time.passed()).hasHours(1);
        assertThat(cli.requests())
                .as("after 0, 1, 3, 7, 15, 30, 45 and 60 minutes")
                .hasSize(8);
        assertThat(log).filteredOn(line -> line.contains("at most until")).hasSize(1);
    }

    @Test
    void refusesACredentialThatOutranksTheLoginByTheClisOwnWord() {
        logIn();
        cli.reports("{\"authMethod\":\"api_key\",\"apiKeySource\":\"ANTHROPIC_API_KEY\"}");
        assertThat(failure())
                .hasMessage("The login was not proved: another credential than the chosen login would be used"
                        + " (the CLI reports method api_key from ANTHROPIC_API_KEY, where auth.mode login gives claude.ai)."
                        + " Take it away where it is from, or choose the auth.mode that it belongs to.");
        assertThat(cli.requests()).isEmpty();
    }

    @Test
    void waitsForALoginThatSomebodyElseMakes() throws InterruptedException {
        cli.offers(FakeSignIn.thatTakes("good#state", this::logIn));
        time.meanwhile(() -> {
            if (time.passed().toSeconds() == 15) {
                logIn();
            }
        });
        authenticate();
        assertThat(time.passed()).hasSeconds(15);
        assertThat(log)
                .containsExactly(
                        "Sign-in address: " + FakeSignIn.ADDRESS,
                        "Open it in a browser, sign in, and submit the code that it shows within 1m:"
                                + " mvn claude-fleet:auth '-Dclaude-fleet.auth.code=CODE#STATE'",
                        "WARN Login: no login. Sign in once: mvn claude-fleet:auth in a terminal."
                                + " Waiting for up to 1m.",
                        "Login works: a real request was answered (claude.ai, 0ms)");
    }

    @Test
    void looksAgainWhileTheServiceIsOverloaded() throws InterruptedException {
        logIn();
        cli.answers("overloaded", "overloaded", "answered");
        authenticate();
        assertThat(cli.requests()).hasSize(3);
        assertThat(time.pauses()).containsExactly(Duration.ofSeconds(5), Duration.ofSeconds(5));
        assertThat(log).filteredOn(line -> line.startsWith("WARN")).hasSize(1);
    }

    @Test
    void givesUpWhenItsTimeIsOverWithTheLastVerdict() {
        logIn();
        cli.answers("overloaded");
        AuthFailedException failure = failure();
        assertThat(failure.verdict().kind()).isEqualTo(Kind.THROTTLED);
        assertThat(failure)
                .hasMessageStartingWith("The login was not proved within 60 s: throttled by the service for now (API"
                        + " Error: 529 Overloaded.")
                .hasMessageEndingWith("Try again in a while.");
        assertThat(time.passed()).hasSeconds(60);
        assertThat(cli.proofs()).isEmpty();
    }

    @Test
    void givesEvenTheLastRequestTheTimeThatItNeeds() {
        logIn();
        cli.answers("overloaded");
        failure();
        List<Integer> limits = cli.requests().stream()
                .map(request -> Integer.parseInt(request.command().get(3)))
                .toList();
        assertThat(limits).startsWith(60, 55).endsWith(12, 12).allMatch(limit -> limit >= 12);
    }

    @Test
    void failsAtOnceWhereTimeHealsNothing() {
        logIn();
        cli.answers("quota");
        AuthFailedException failure = failure();
        assertThat(failure.verdict().kind()).isEqualTo(Kind.OUT_OF_QUOTA);
        assertThat(failure).hasMessageContaining("resets at 2026-11-23 ");
        assertThat(time.pauses()).isEmpty();
        assertThat(cli.requests()).hasSize(1);
    }

    @Test
    void failsAtOnceWhereAKeyIsRejected() {
        mode = LoginMode.API_KEY;
        cli.reports("{\"authMethod\":\"api_key_helper\"}");
        cli.answers("rejected");
        assertThat(failure()).hasMessageContaining("rejected by the service");
        assertThat(time.pauses()).isEmpty();
    }

    @Test
    void hasAPersonSignIn() throws InterruptedException {
        person = FakePerson.whoTypes("good#state");
        cli.offers(FakeSignIn.thatTakes("good#state", this::logIn));
        authenticate();
        assertThat(log).containsExactly("Signed in.", "Login works: a real request was answered (claude.ai, 0ms)");
        assertThat(time.pauses()).isEmpty();
    }

    @Test
    void offersAnotherSignInAfterAWrongCode() throws InterruptedException {
        person = FakePerson.whoTypes("wrong#state", "good#state");
        cli.offers(FakeSignIn.thatTakes("good#state", this::logIn), FakeSignIn.thatTakes("good#state", this::logIn));
        authenticate();
        assertThat(log.get(0)).startsWith("WARN The sign-in did not succeed: ").doesNotContain("wrong#state");
        assertThat(log).contains("Signed in.");
    }

    @Test
    void hasAPersonReplaceALoginThatWasRejected() throws InterruptedException {
        logIn();
        person = FakePerson.whoTypes("good#state");
        cli.answers("rejected", "answered").offers(FakeSignIn.thatTakes("good#state", this::logIn));
        authenticate();
        assertThat(log).contains("Signed in.");
    }

    @Test
    void forgivesAFreshLoginAFewRefusals() throws InterruptedException {
        person = FakePerson.whoTypes("good#state");
        cli.answers("rejected", "forbidden", "answered").offers(FakeSignIn.thatTakes("good#state", this::logIn));
        authenticate();
        assertThat(time.pauses()).containsExactly(Duration.ofSeconds(5), Duration.ofSeconds(5));
    }

    @Test
    void doesNotForgiveAFreshLoginForEver() {
        person = FakePerson.whoTypes("good#state");
        cli.answers("forbidden").offers(FakeSignIn.thatTakes("good#state", this::logIn));
        assertThat(failure().verdict().kind()).isEqualTo(Kind.FORBIDDEN);
        assertThat(cli.requests()).hasSize(4);
    }

    @Test
    void waitsForSomebodyElseWhereTheInputEnds() {
        person = FakePerson.whoTypes();
        cli.offers(FakeSignIn.thatTakes("good#state", this::logIn));
        assertThat(failure().verdict().kind()).isEqualTo(Kind.ABSENT);
        assertThat(time.passed()).hasSeconds(60);
        assertThat(person.shown()).filteredOn(text -> text.startsWith("Paste")).hasSize(1);
        assertThat(cli.opened()).as("it is one sign-in all the time").hasSize(1);
        assertThat(log).contains("Sign-in address: " + FakeSignIn.ADDRESS);
    }

    @Test
    void pausesBetweenSignInsThatTheCliCannotOffer() {
        person = FakePerson.whoTypes("good#state");
        FakeSignIn[] broken = new FakeSignIn[20];
        for (int i = 0; i < broken.length; i++) {
            broken[i] = FakeSignIn.thatEnds(127, "timeout: not found");
        }
        cli.offers(broken);
        assertThat(failure().verdict().kind()).isEqualTo(Kind.ABSENT);
        assertThat(time.pauses()).hasSize(12);
        assertThat(log).filteredOn(line -> line.endsWith("timeout: not found")).hasSize(12);
    }

    @Test
    void leavesNoSignInBehindWhereNobodySignedIn() {
        cli.offers(FakeSignIn.thatTakes("good#state", this::logIn));
        failure();
        assertThat(cli.signIn()).isEmpty();
    }

    @Test
    void leavesTheSignInThatSomebodyElseBegan() {
        cli.hasWaiting(FakeSignIn.thatTakes("good#state", this::logIn));
        failure();
        assertThat(log).contains("Sign-in address: " + FakeSignIn.ADDRESS);
        assertThat(cli.signIn()).isPresent();
    }

    @Test
    void endsItsSignInWhenItIsInterrupted() {
        cli.offers(FakeSignIn.thatTakes("good#state", this::logIn));
        time.meanwhile(() -> {
            throw new IllegalStateException("called off");
        });
        assertThatThrownBy(this::authenticate).hasMessage("called off");
        assertThat(cli.signIn()).isEmpty();
    }

    @Test
    void takesACodeThatCameToItsSignInFromElsewhere() throws InterruptedException {
        FakeSignIn signIn = FakeSignIn.thatTakes("good#state", this::logIn);
        cli.offers(signIn).answers("rejected", "answered");
        time.meanwhile(() -> {
            if (signIn.waits()) {
                signIn.take("good#state");
            }
        });
        authenticate();
        assertThat(cli.opened()).hasSize(1);
        assertThat(log).endsWith("Signed in.", "Login works: a real request was answered (claude.ai, 0ms)");
    }

    @Test
    void showsAnotherAddressAfterAWrongCodeFromElsewhere() throws InterruptedException {
        FakeSignIn first = FakeSignIn.thatTakes("good#state", this::logIn);
        FakeSignIn second = FakeSignIn.at("https://claude.ai/second", "other#state", this::logIn);
        cli.offers(first, second);
        time.meanwhile(() -> (first.waits() ? first : second).take(first.waits() ? "bad#state" : "other#state"));
        authenticate();
        assertThat(log)
                .filteredOn(line -> line.startsWith("Sign-in address"))
                .containsExactly("Sign-in address: " + FakeSignIn.ADDRESS, "Sign-in address: https://claude.ai/second");
    }

    @Test
    void leavesTheSignInWaitingAndEndsAtOnceWhenToldTo() {
        unattended = Unattended.FAIL;
        cli.offers(FakeSignIn.thatTakes("good#state", this::logIn));
        assertThatThrownBy(this::authenticate)
                .isInstanceOf(SignInPendingException.class)
                .hasMessage("A sign-in waits for its code. Open " + FakeSignIn.ADDRESS
                        + " in a browser, sign in, and run within 15m:"
                        + " mvn claude-fleet:auth '-Dclaude-fleet.auth.code=CODE#STATE'");
        assertThat(time.pauses()).isEmpty();
        assertThat(cli.opened()).containsExactly(List.of("1800"));
        assertThat(cli.signIn())
                .hasValueSatisfying(left -> assertThat(left.waits()).isTrue());
        assertThat(log.get(0)).isEqualTo("Sign-in address: " + FakeSignIn.ADDRESS);
    }

    @Test
    void asksWhoIsThereEvenWhenToldToEndWhereNobodyIs() throws InterruptedException {
        unattended = Unattended.FAIL;
        person = FakePerson.whoTypes("good#state");
        cli.offers(FakeSignIn.thatTakes("good#state", this::logIn));
        authenticate();
        assertThat(cli.signIn()).isEmpty();
    }

    @Test
    void handsOnHowThePersonWantsToSignIn() {
        arguments = true;
        cli.offers(FakeSignIn.thatTakes("good#state", this::logIn));
        failure();
        assertThat(cli.opened()).containsExactly(List.of("120", "--console", "--sso", "--email", "ann@example.org"));
    }

    @Test
    void provesAFreshLoginWhateverItRemembers() throws InterruptedException {
        logIn();
        cli.knows("proved=1000 login\nnow=1001\n").answers("rejected", "answered");
        authenticator().authenticateAnew();
        assertThat(cli.requests()).hasSize(2);
    }

    private void logIn() {
        LoginFile.write(directory, LoginFile.GOOD);
    }

    private void logIn(Instant accessEnds, Instant loginEnds) {
        LoginFile.write(
                directory,
                "{\"claudeAiOauth\":{\"accessToken\":\"invented\",\"expiresAt\":" + accessEnds.toEpochMilli()
                        + ",\"refreshTokenExpiresAt\":" + loginEnds.toEpochMilli() + "}}");
    }

    /** Sets up the container as an earlier goal has left it, with empty records of calls and log lines. */
    private void provedBefore(Duration ago) throws InterruptedException {
        logIn();
        authenticate();
        String proof = cli.proofs().get(0);
        cli = new FakeCli()
                .answers("answered")
                .knows("proved=1000 " + proof + "\nnow=" + (1000 + ago.toSeconds()) + "\n");
        log.clear();
    }

    private AuthFailedException failure() {
        return catchThrowableOfType(AuthFailedException.class, this::authenticate);
    }

    private void authenticate() throws InterruptedException {
        authenticator().authenticate(cli.container().look());
    }

    private Authenticator authenticator() {
        LoginSpec login = LoginFixtures.of(mode, directory, quota, signIn());
        AuthContainer container = cli.container();
        LoginProbe probe = new LoginProbe(container, login, LoginFile.USER);
        LoginContext loginContext = new LoginContext(person, time, time::sleep);
        return new Authenticator(container, login, probe, loginContext, new ConsoleListeners(new Lines(log)).login());
    }

    private SignInSpec signIn() {
        return new SignInSpec(
                arguments,
                arguments,
                arguments ? Optional.of("ann@example.org") : Optional.empty(),
                unattended,
                Duration.ofMinutes(30),
                Optional.empty());
    }

    /** Lines that the user sees in the log. */
    private record Lines(List<String> lines) implements LogSink {

        @Override
        public void debug(String line) {}

        @Override
        public void info(String line) {
            lines.add(line);
        }

        @Override
        public void warn(String line) {
            lines.add("WARN " + line);
        }
    }
}
