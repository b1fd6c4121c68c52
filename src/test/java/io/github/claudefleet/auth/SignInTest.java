package io.github.claudefleet.auth;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.claudefleet.auth.SignIn.Ending;
import io.github.claudefleet.claude.FakeCli;
import io.github.claudefleet.claude.FakeSignIn;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class SignInTest {

    private static final Duration LIMIT = Duration.ofMinutes(5);

    private final FakeTime time = new FakeTime();
    private final FakeSignIn cli = FakeSignIn.thatTakes("good#state", () -> {});

    @Test
    void showsTheAddressAloneOnItsLineAndHandsTheCodeIn() throws InterruptedException {
        FakePerson person = FakePerson.whoTypes("  good#state \t");
        assertThat(signIn(person).ending()).isEqualTo(Ending.SUCCEEDED);
        assertThat(cli.sent()).containsExactly("good#state");
        assertThat(person.shown().get(0))
                .contains("5m left")
                .containsPattern("(?m)^https://claude\\.ai/oauth/authorize\\?challenge$")
                .doesNotContain("Enter");
    }

    @Test
    void asksAgainForACodeOfWhichHalfIsMissing() throws InterruptedException {
        FakePerson person = FakePerson.whoTypes("good", "", "good#", "#state", "good#state");
        assertThat(signIn(person).ending()).isEqualTo(Ending.SUCCEEDED);
        assertThat(person.shown())
                .filteredOn(text -> text.startsWith("That is not the full code"))
                .hasSize(4);
        assertThat(cli.sent()).containsExactly("good#state");
    }

    @Test
    void opensTheAddressWhenThePersonSaysSoAndNotBefore() throws InterruptedException {
        FakePerson person = FakePerson.whoTypes("", "good#state").withBrowser(Optional.empty());
        assertThat(signIn(person).ending()).isEqualTo(Ending.SUCCEEDED);
        assertThat(person.browsed()).containsExactly(FakeSignIn.ADDRESS);
        assertThat(person.shown().get(0)).contains("Press Enter without a code to open it in your browser.");
        assertThat(person.shown()).noneMatch(text -> text.startsWith("That is not the full code"));

        FakePerson another = FakePerson.whoTypes("good#state").withBrowser(Optional.empty());
        signIn(another);
        assertThat(another.browsed()).isEmpty();
    }

    @Test
    void saysWhyTheBrowserCouldNotBeOpened() throws InterruptedException {
        FakePerson person = FakePerson.whoTypes("", "good#state").withBrowser(Optional.of("exit status 3"));
        assertThat(signIn(person).ending()).isEqualTo(Ending.SUCCEEDED);
        assertThat(person.shown())
                .contains("The browser could not be opened (exit status 3): open the address yourself.");
    }

    @Test
    void givesUpOnAPersonWhoNeverTypesACode() throws InterruptedException {
        String[] lines = new String[100];
        Arrays.fill(lines, "what code?");
        assertThat(signIn(FakePerson.whoTypes(lines)).ending()).isEqualTo(Ending.NO_CODE);
        assertThat(cli.sent()).isEmpty();
    }

    @Test
    void hasNoCodeWhereTheInputEnds() throws InterruptedException {
        assertThat(signIn(FakePerson.whoTypes()).ending()).isEqualTo(Ending.NO_CODE);
    }

    @Test
    void saysWhyACodeWasRefusedAndNeverTheCode() throws InterruptedException {
        SignIn.Result result = signIn(FakePerson.whoTypes("wrong#secret-state"));
        assertThat(result.ending()).isEqualTo(Ending.REFUSED);
        assertThat(result.text())
                .contains("wasn't accepted")
                .doesNotContain("wrong")
                .doesNotContain("secret-state");
    }

    @Test
    void saysThatTheTimeWasOver() throws InterruptedException {
        cli.end(124);
        SignIn.Result result = signIn(FakePerson.whoTypes("good#state"));
        assertThat(result).isEqualTo(new SignIn.Result(Ending.REFUSED, "its time was over"));
    }

    private SignIn.Result signIn(FakePerson person) throws InterruptedException {
        SignInSession session = new SignInSession(new FakeCli().hasWaiting(cli).container());
        return new SignIn(session, person, time).run(FakeSignIn.ADDRESS, LIMIT);
    }
}
