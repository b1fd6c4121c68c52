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

    private FleetFixture harbour;
    private Thread goal;

    @BeforeEach
    void open() {
        harbour = new FleetFixture(folder);
    }

    @AfterEach
    void forgetTheInterrupt() {
        Thread.interrupted();
    }

    @Test
    void aSignInThatIsLeftWaitingKeepsWhatItWaitsIn() {
        FleetBuilder fleet = harbour.withoutLogin("tester").signIn(Shop.signIn(Unattended.FAIL));

        assertThatThrownBy(() -> harbour.fleet().start(fleet.toSpec())).isInstanceOf(SignInPendingException.class);

        assertThat(harbour.engine.names())
                .contains("container " + FleetFixture.AUTH)
                .doesNotContain("container claude-fleet-shop-c0ffee00-tester");
        assertThat(harbour.cli.isAwaitingCode()).isTrue();
    }

    @Test
    void theRightCodeCompletesItAndTheLoginIsProved() throws InterruptedException {
        upWithSignIn();
        harbour.signIn();

        harbour.fleet()
                .auth(harbour.withoutLogin().signIn(Shop.code("good#state")).toSpec());

        assertThat(harbour.lines.all()).contains("info:  Signed in.");
        assertThat(harbour.cli.requests()).isEqualTo(1);
        assertThat(harbour.engine.execs().toString()).doesNotContain("good#state");
    }

    @Test
    void aWrongCodeFailsInTheClisWordsAndChangesNothing() throws InterruptedException {
        upWithSignIn();
        List<String> before = harbour.engine.names();

        assertThatThrownBy(() -> harbour.fleet()
                        .auth(harbour.withoutLogin()
                                .signIn(Shop.code("bad#state"))
                                .toSpec()))
                .isInstanceOf(SignInRefusedException.class)
                .hasMessageStartingWith("The sign-in did not succeed: Couldn't log in: no …")
                .hasMessageNotContaining("bad");
        assertThat(harbour.engine.names()).isEqualTo(before);
        assertThat(harbour.engine.changes()).isEmpty();
    }

    @Test
    void aCodeThatNothingWaitsForIsSaidBeforeAnythingIsMade() {
        FleetBuilder fleet = harbour.withoutLogin("tester").signIn(Shop.code("good#state"));

        assertThatThrownBy(() -> harbour.fleet().start(fleet.toSpec()))
                .isInstanceOfSatisfying(
                        InvalidSpecException.class,
                        refusal ->
                                assertThat(refusal.suggestion()).startsWith("Run mvn claude-fleet:auth without a code"))
                .hasMessageStartingWith("auth.code was given, but no sign-in of fleet \"shop\" waits");
        assertThat(harbour.engine.changes()).isEmpty();
    }

    @Test
    void aCodeForASignInThatHasEndedIsSaidToo() throws InterruptedException {
        harbour.fleet().auth(harbour.withLogin().toSpec());

        assertThatThrownBy(() -> harbour.fleet()
                        .auth(harbour.withLogin()
                                .signIn(Shop.code("good#state"))
                                .toSpec()))
                .isInstanceOf(InvalidSpecException.class)
                .hasMessageContaining("waits for a code");
    }

    @Test
    void whoIsInterruptedTakesBackWhatWasMadeAllTheSame() {
        harbour.engine.before(change -> {
            if (change.startsWith("start container claude-fleet-shop-c0ffee00-tester")) {
                goal.interrupt();
            } else if (change.startsWith("remove ") || change.startsWith("stop ")) {
                assertThat(Thread.currentThread().isInterrupted())
                        .as(change + " is cut off")
                        .isFalse();
            }
        });
        goal = Thread.currentThread();

        assertThatThrownBy(() -> harbour.fleet()
                        .start(harbour.withToken("tester", "reviewer").toSpec()))
                .isInstanceOf(InterruptedException.class);

        assertThat(harbour.engine.names()).isEmpty();
    }

    private void upWithSignIn() {
        assertThatThrownBy(() -> harbour.fleet()
                        .auth(harbour.withoutLogin()
                                .signIn(Shop.signIn(Unattended.FAIL))
                                .toSpec()))
                .isInstanceOf(SignInPendingException.class);
        harbour.engine.forget();
    }
}
