package io.github.claudefleet.auth;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.claudefleet.auth.SignIn.Ending;
import java.time.Duration;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class SignInTest {

    private static final Duration LIMIT = Duration.ofMinutes(5);

    private final FakeTime time = new FakeTime();
    private final FakeSignIn cli = FakeSignIn.thatTakes("good#state", () -> {});

    @Test
    void showsTheAddressAloneOnItsLineAndHandsTheCodeIn() throws InterruptedException {
        FakePerson person = FakePerson.whoTypes("  good#state \t");
        assertThat(signIn(person, cli).ending()).isEqualTo(Ending.SUCCEEDED);
        assertThat(cli.sent()).containsExactly("good#state");
        assertThat(person.shown().get(0))
                .contains("5m left")
                .containsPattern("(?m)^https://claude\\.ai/oauth/authorize\\?challenge$");
        assertThat(cli.isClosed()).isTrue();
    }

    @Test
    void asksAgainForACodeOfWhichHalfIsMissing() throws InterruptedException {
        FakePerson person = FakePerson.whoTypes("good", "", "good#state");
        assertThat(signIn(person, cli).ending()).isEqualTo(Ending.SUCCEEDED);
        assertThat(person.shown())
                .filteredOn(text -> text.startsWith("That is not the full code"))
                .hasSize(2);
        assertThat(cli.sent()).containsExactly("good#state");
    }

    @Test
    void givesUpOnAPersonWhoNeverTypesACode() throws InterruptedException {
        String[] lines = new String[100];
        Arrays.fill(lines, "what code?");
        assertThat(signIn(FakePerson.whoTypes(lines), cli).ending()).isEqualTo(Ending.NO_CODE);
        assertThat(cli.sent()).isEmpty();
        assertThat(cli.isClosed()).isTrue();
    }

    @Test
    void hasNoCodeWhereTheInputEnds() throws InterruptedException {
        assertThat(signIn(FakePerson.whoTypes(), cli).ending()).isEqualTo(Ending.NO_CODE);
        assertThat(cli.isClosed()).isTrue();
    }

    @Test
    void saysWhyACodeWasRefusedAndNeverTheCode() throws InterruptedException {
        SignIn.Result result = signIn(FakePerson.whoTypes("wrong#state"), cli);
        assertThat(result.ending()).isEqualTo(Ending.REFUSED);
        assertThat(result.text()).contains("wasn't accepted").doesNotContain("wrong#state");
    }

    @Test
    void saysWhatTheCliSaidThatNeverAskedForACode() throws InterruptedException {
        FakeSignIn broken = FakeSignIn.thatEnds(1, "starting\nno network, sorry\n");
        SignIn.Result result = signIn(FakePerson.whoTypes("good#state"), broken);
        assertThat(result.ending()).isEqualTo(Ending.NOT_OFFERED);
        assertThat(result.text()).endsWith("no network, sorry");
        assertThat(broken.sent()).isEmpty();
        assertThat(broken.isClosed()).isTrue();
    }

    private SignIn.Result signIn(FakePerson person, FakeSignIn session) throws InterruptedException {
        return new SignIn(new FakeCli().offers(session).container(), person, time).run(LIMIT);
    }
}
