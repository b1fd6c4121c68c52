package io.github.claudefleet.auth;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.claudefleet.auth.SignInStatus.State;
import io.github.claudefleet.spec.Secret;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class SignInStatusTest {

    private static final String ASKED =
            "If the browser didn't open, visit:\nhttps://claude.ai/oauth?x&login_hint=a%40b\n"
                    + "Paste code here if prompted > ";

    @Test
    void tellsTheAddressOfOneThatWaits() {
        SignInStatus view = SignInStatus.parse(ASKED + "\nstate=waiting\nstatus=\nleft=840\n");

        assertThat(view.waits()).isTrue();
        assertThat(view.succeeded()).isFalse();
        assertThat(view.left()).isEqualTo(Duration.ofMinutes(14));
        assertThat(view.address()).contains("https://claude.ai/oauth?x&login_hint=a%40b");
    }

    @Test
    void hasNoAddressBeforeTheCliAsksForACode() {
        String begun = "See https://status.claude.com\n\nstate=waiting\nstatus=\nleft=840\n";

        assertThat(SignInStatus.parse(begun).address()).isEmpty();
    }

    @Test
    void tellsWhatTheCliSaidOfTheCode() {
        SignInStatus view = SignInStatus.parse(ASKED + "Couldn't log in: no.\n\nstate=ended\nstatus=1\nleft=-3\n");

        assertThat(view.lastWords()).isEqualTo("Couldn't log in: no.");
        assertThat(view.left()).isZero();
        assertThat(view.status()).contains(1);
    }

    @Test
    void tellsOneThatIsGoneFromOneWhoseTimeWasOver() {
        assertThat(SignInStatus.parse("\nstate=none\nstatus=\nleft=0\n").lastWords())
                .isEqualTo("it is not there any more");
        assertThat(SignInStatus.parse(ASKED + "\nstate=ended\nstatus=143\nleft=-1\n")
                        .lastWords())
                .isEqualTo("its time was over");
    }

    @Test
    void takesAnythingElseForTheReasonWhyThereIsNone() {
        String broken = "/bin/sh: 0: cannot open /claude-fleet/kit/signin.sh: No such file\n";

        assertThat(SignInStatus.parse(broken))
                .isEqualTo(new SignInStatus(State.NONE, Optional.empty(), Duration.ZERO, broken));
        assertThat(SignInStatus.parse(broken).lastWords()).isEqualTo(broken.strip());
    }

    @Test
    void forgetsBothPartsOfACode() {
        SignInStatus view = SignInStatus.parse("bad c0de or st4te: c0de#st4te\n\nstate=ended\nstatus=1\nleft=0\n");

        assertThat(view.without(Secret.of("c0de#st4te")).said()).isEqualTo("bad … or …: …#…\n");
    }
}
