package io.github.claudefleet.auth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.github.claudefleet.auth.Verdict.Kind;
import io.github.claudefleet.report.ConsoleFleetLog;
import io.github.claudefleet.report.LogSink;
import io.github.claudefleet.spec.LoginMode;
import io.github.claudefleet.spec.LoginSpec;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AuthenticatorTest {

    @TempDir
    Path directory;

    private final FakeTime time = new FakeTime();
    private final FakeCli cli = new FakeCli().answers("answered");
    private final List<String> log = new ArrayList<>();
    private FakePerson person = FakePerson.nobody();
    private LoginMode mode = LoginMode.LOGIN;

    @Test
    void provesALoginWithOneRequestAndRemembersIt() throws InterruptedException {
        logIn();
        authenticate();
        assertThat(cli.requests()).hasSize(1);
        assertThat(cli.proofs()).containsExactly("login");
        assertThat(log).containsExactly("Login works: a real request was answered (claude.ai, 0ms)");
        assertThat(time.pauses()).isEmpty();
    }

    @Test
    void takesAProofOfAMomentAgoForGood() throws InterruptedException {
        logIn();
        cli.knows("proved=1000 login\nnow=1840\n");
        authenticate();
        assertThat(cli.requests()).isEmpty();
        assertThat(log).containsExactly("Login works: proved by a request 14m ago");
    }

    @Test
    void provesAgainWhatWasProvedLongAgo() throws InterruptedException {
        logIn();
        cli.knows("proved=1000 login\nnow=1900\n");
        authenticate();
        assertThat(cli.requests()).hasSize(1);
    }

    @Test
    void provesAgainWhereTheLoginIsGone() {
        cli.knows("proved=1000 login\nnow=1001\n");
        assertThat(failure().verdict().kind()).isEqualTo(Kind.ABSENT);
    }

    @Test
    void provesAnotherCredentialThanTheOneItRemembers() throws InterruptedException {
        mode = LoginMode.API_KEY;
        cli.knows("proved=1000 anotherkey\nnow=1001\n");
        authenticate();
        assertThat(cli.requests()).hasSize(1);
        assertThat(cli.proofs())
                .singleElement()
                .satisfies(stamp -> assertThat(stamp).isNotEqualTo("login").doesNotContain("invented"));
    }

    @Test
    void waitsForALoginThatSomebodyElseMakes() throws InterruptedException {
        time.meanwhile(() -> {
            if (time.passed().toSeconds() == 15) {
                logIn();
            }
        });
        authenticate();
        assertThat(time.passed()).hasSeconds(15);
        assertThat(log)
                .containsExactly(
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
        assertThat(limits).startsWith(60, 55).endsWith(10, 10).allMatch(limit -> limit >= 10);
    }

    @Test
    void failsAtOnceWhereTimeHealsNothing() {
        logIn();
        cli.answers("quota");
        AuthFailedException failure = failure();
        assertThat(failure.verdict().kind()).isEqualTo(Kind.OUT_OF_QUOTA);
        assertThat(failure).hasMessageContaining("resets at 2026-11-23T19:04:43Z");
        assertThat(time.pauses()).isEmpty();
        assertThat(cli.requests()).hasSize(1);
    }

    @Test
    void failsAtOnceWhereAKeyIsRejected() {
        mode = LoginMode.API_KEY;
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
    void waitsOnWhereTheInputEnds() {
        person = FakePerson.whoTypes();
        cli.offers(FakeSignIn.thatTakes("good#state", this::logIn));
        assertThat(failure().verdict().kind()).isEqualTo(Kind.ABSENT);
        assertThat(time.passed()).hasSeconds(60);
        assertThat(person.shown()).filteredOn(text -> text.startsWith("Paste")).hasSize(1);
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
        assertThat(log).allMatch(line -> line.endsWith("timeout: not found"));
    }

    private void logIn() {
        LoginFile.write(directory, LoginFile.GOOD);
    }

    private AuthFailedException failure() {
        return catchThrowableOfType(AuthFailedException.class, this::authenticate);
    }

    private void authenticate() throws InterruptedException {
        LoginSpec login = Logins.of(mode, directory);
        AuthContainer container = cli.container();
        Prober prober = new Prober(container, login, LoginFile.USER);
        Surroundings surroundings = new Surroundings(person, new ConsoleFleetLog(new Lines(log)), time, time::sleep);
        new Authenticator(container, login, prober, surroundings).authenticate(container.look());
    }

    /** What a person sees. */
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
