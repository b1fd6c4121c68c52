package io.github.claudefleet.fleet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.github.claudefleet.engine.EngineException;
import io.github.claudefleet.spec.FleetSpec;
import io.github.claudefleet.spec.InvalidSpecException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class FleetLogoutTest {

    @TempDir
    private Path folder;

    private FleetFixture fixture;

    @BeforeEach
    void open() {
        fixture = new FleetFixture(folder);
    }

    @Test
    void theCliEndsTheLoginAndNothingOfTheFleetStays() throws InterruptedException {
        FleetSpec spec = fixture.withLogin().toSpec();

        fixture.fleet().logout(spec);

        assertThat(fixture.cli.logouts()).isEqualTo(1);
        assertThat(fixture.cli.forgotten()).isEqualTo(1);
        assertThat(fixture.engine.names()).isEmpty();
        assertThat(fixture.lines.all())
                .anyMatch(line -> line.startsWith("info:  Logged out: the login that was kept in "
                        + spec.login().directory()));
    }

    @Test
    void anAuthContainerThatIsUpIsUsedAndThenRemoved() throws InterruptedException {
        FleetSpec spec = fixture.withLogin().toSpec();
        fixture.fleet().auth(spec);
        fixture.engine.forget();

        fixture.fleet().logout(spec);

        assertThat(fixture.cli.logouts()).isEqualTo(1);
        assertThat(fixture.engine.changes()).noneMatch(change -> change.startsWith("create "));
        assertThat(fixture.engine.names()).isEmpty();
    }

    @Test
    void aCliThatFailsIsToldAndNothingOfTheFleetStays() {
        FleetSpec spec = fixture.withLogin().toSpec();
        fixture.cli.failsToLogOut();

        EngineException failure = catchThrowableOfType(
                EngineException.class, () -> fixture.fleet().logout(spec));

        assertThat(fixture.cli.forgotten()).as("it is still a login").isZero();
        assertThat(failure).hasMessage("claude auth logout: Could not reach the service");
        assertThat(failure.suggestion()).contains("Check the network (mvn claude-fleet:doctor), then try again.");
        assertThat(fixture.engine.names()).isEmpty();
        assertThat(fixture.lines.all()).noneMatch(line -> line.contains("Logged out"));
    }

    @Test
    void whatWentWrongFirstIsToldAlsoWhereTheTidyingFails() {
        fixture.cli.failsToLogOut();
        fixture.engine.failing("remove container");

        EngineException failure = catchThrowableOfType(
                EngineException.class,
                () -> fixture.fleet().logout(fixture.withLogin().toSpec()));

        assertThat(failure).hasMessage("claude auth logout: Could not reach the service");
        assertThat(failure.getSuppressed()).hasSize(1);
    }

    @Test
    void aFleetWithAgentsKeepsItsLogin() throws InterruptedException {
        FleetSpec spec = fixture.withLogin("tester").toSpec();
        fixture.fleet().start(spec);
        fixture.engine.forget();

        InvalidSpecException refusal = refusalOf(spec);

        assertThat(refusal)
                .hasMessage("name \"shop\" is a fleet with 1 agent, which a logout would leave without a login");
        assertThat(refusal.suggestion()).isEqualTo("Stop it first: mvn claude-fleet:stop");
        assertThat(fixture.cli.logouts()).isZero();
        assertThat(fixture.engine.changes()).isEmpty();
    }

    @Test
    void withoutALoginThereIsNothingToEnd() throws InterruptedException, IOException {
        FleetSpec spec = fixture.withLogin().toSpec();
        Files.delete(spec.login().directory().resolve(".credentials.json"));

        fixture.fleet().logout(spec);

        assertThat(fixture.engine.changes()).isEmpty();
        assertThat(fixture.lines.all())
                .last()
                .isEqualTo("info:  Nothing to log out: there is no login in "
                        + spec.login().directory());
    }

    @Test
    void aTokenIsNotTheFleetsToEnd() throws InterruptedException {
        FleetSpec spec = fixture.withToken("tester").toSpec();
        fixture.fleet().start(spec);
        fixture.engine.forget();

        InvalidSpecException refusal = refusalOf(spec);

        assertThat(refusal).hasMessage("auth.mode is token, a credential that the fleet was handed and can't end");
        assertThat(refusal.suggestion()).isEqualTo("Revoke it where it was made.");
        assertThat(fixture.engine.changes()).isEmpty();
    }

    @Test
    void aRehearsalHasNoLoginAndLeavesTheRealOne() throws IOException {
        FleetSpec real = fixture.withLogin("tester").toSpec();
        FleetSpec rehearsal = real.rehearsed(real.login().directory().resolve("scripts"));

        InvalidSpecException refusal = refusalOf(rehearsal);

        assertThat(refusal).hasMessage("rehearsal has no login that could be ended");
        assertThat(refusal.suggestion()).isEqualTo("Leave it out to end the login of the real fleet.");
        assertThatThrownBy(() -> fixture.fleet().planLogout(rehearsal)).hasMessage(refusal.getMessage());
        assertThat(fixture.engine.changes()).isEmpty();
        assertThat(real.login().directory().resolve(".credentials.json")).isNotEmptyFile();
    }

    // ---- plans

    @Test
    void aPlanIsToldAndNothingIsDone() {
        FleetSpec spec = fixture.withLogin().toSpec();

        fixture.fleet().planLogout(spec);

        assertThat(fixture.lines.all())
                .containsExactly("info:  Dry run: the login in " + spec.login().directory()
                        + " would be revoked for every fleet that uses it, and the auth container removed.");
        assertThat(fixture.engine.changes()).isEmpty();
        assertThat(fixture.engine.execs()).isEmpty();
    }

    @Test
    void aPlanWithoutALoginSaysThatThereIsNone() throws IOException {
        FleetSpec spec = fixture.withLogin().toSpec();
        Files.delete(spec.login().directory().resolve(".credentials.json"));

        fixture.fleet().planLogout(spec);

        assertThat(fixture.lines.all()).singleElement().asString().contains("Nothing to log out");
    }

    @Test
    void aPlanRefusesWhatALogoutRefuses() throws InterruptedException {
        FleetSpec spec = fixture.withLogin("tester", "reviewer").toSpec();
        fixture.fleet().start(spec);

        assertThatThrownBy(() -> fixture.fleet().planLogout(spec)).hasMessageContaining("a fleet with 2 agents");
    }

    private InvalidSpecException refusalOf(FleetSpec spec) {
        return catchThrowableOfType(
                InvalidSpecException.class, () -> fixture.fleet().logout(spec));
    }
}
