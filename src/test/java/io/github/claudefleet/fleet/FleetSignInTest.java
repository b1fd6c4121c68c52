package io.github.claudefleet.fleet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.claudefleet.auth.SignInPendingException;
import io.github.claudefleet.auth.SignInRefusedException;
import io.github.claudefleet.spec.FleetBuilder;
import io.github.claudefleet.spec.InvalidSpecException;
import io.github.claudefleet.spec.Shop;
import io.github.claudefleet.spec.Unattended;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** State of a fleet during a sign-in, both if the user completes it and if not. */
@Timeout(60)
class FleetSignInTest {

    @TempDir
    private Path folder;

    private FleetFixture fixture;
    private Thread goal;

    @BeforeEach
    void open() {
        fixture = new FleetFixture(folder);
    }

    @AfterEach
    void forgetTheInterrupt() {
        Thread.interrupted();
    }

    @Test
    void aSignInThatIsLeftWaitingKeepsWhatItWaitsIn() {
        FleetBuilder fleet = fixture.withoutLogin("tester").signIn(Shop.signIn(Unattended.FAIL));

        assertThatThrownBy(() -> fixture.fleet().start(fleet.toSpec())).isInstanceOf(SignInPendingException.class);

        assertThat(fixture.engine.names())
                .contains("container " + FleetFixture.AUTH)
                .doesNotContain("container claude-fleet-shop-c0ffee00-tester");
        assertThat(fixture.cli.isAwaitingCode()).isTrue();
    }

    @Test
    void theRightCodeCompletesItAndTheLoginIsProved() throws InterruptedException {
        upWithSignIn();
        fixture.signIn();

        fixture.fleet()
                .auth(fixture.withoutLogin().signIn(Shop.code("good#state")).toSpec());

        assertThat(fixture.lines.all()).contains("info:  Signed in.");
        assertThat(fixture.cli.requests()).hasSize(1);
        assertThat(fixture.engine.execs().toString()).doesNotContain("good#state");
    }

    @Test
    void aWrongCodeFailsInTheClisWordsAndChangesNothing() throws InterruptedException {
        upWithSignIn();
        List<String> before = fixture.engine.names();

        assertThatThrownBy(() -> fixture.fleet()
                        .auth(fixture.withoutLogin()
                                .signIn(Shop.code("bad#state"))
                                .toSpec()))
                .isInstanceOf(SignInRefusedException.class)
                .hasMessageStartingWith(
                        "The sign-in did not succeed: Couldn't log in: That code (…#…) wasn't accepted.")
                .hasMessageNotContaining("bad");
        assertThat(fixture.engine.names()).isEqualTo(before);
        assertThat(fixture.engine.changes()).isEmpty();
    }

    @Test
    void aCodeThatNothingWaitsForIsSaidBeforeAnythingIsMade() {
        FleetBuilder fleet = fixture.withoutLogin("tester").signIn(Shop.code("good#state"));

        assertThatThrownBy(() -> fixture.fleet().start(fleet.toSpec()))
                .isInstanceOfSatisfying(
                        InvalidSpecException.class,
                        refusal ->
                                assertThat(refusal.suggestion()).startsWith("Run mvn claude-fleet:auth without a code"))
                .hasMessageStartingWith("auth.code was given, but no sign-in of fleet \"shop\" waits");
        assertThat(fixture.engine.changes()).isEmpty();
    }

    @Test
    void aCodeForASignInThatHasEndedIsSaidToo() throws InterruptedException {
        fixture.fleet().auth(fixture.withLogin().toSpec());

        assertThatThrownBy(() -> fixture.fleet()
                        .auth(fixture.withLogin()
                                .signIn(Shop.code("good#state"))
                                .toSpec()))
                .isInstanceOf(InvalidSpecException.class)
                .hasMessageContaining("waits for a code");
    }

    @Test
    void whoIsInterruptedTakesBackWhatWasMadeAllTheSame() {
        fixture.engine.before(change -> {
            if (change.startsWith("start container claude-fleet-shop-c0ffee00-tester")) {
                goal.interrupt();
            } else if (change.startsWith("remove ") || change.startsWith("stop ")) {
                assertThat(Thread.currentThread().isInterrupted())
                        .as(change + " is cut off")
                        .isFalse();
            }
        });
        goal = Thread.currentThread();

        assertThatThrownBy(() -> fixture.fleet()
                        .start(fixture.withToken("tester", "reviewer").toSpec()))
                .isInstanceOf(InterruptedException.class);

        assertThat(fixture.engine.names()).isEmpty();
    }

    private void upWithSignIn() {
        assertThatThrownBy(() -> fixture.fleet()
                        .auth(fixture.withoutLogin()
                                .signIn(Shop.signIn(Unattended.FAIL))
                                .toSpec()))
                .isInstanceOf(SignInPendingException.class);
        fixture.engine.forget();
    }
}
