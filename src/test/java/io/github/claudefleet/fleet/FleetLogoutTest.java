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

    private FleetFixture harbour;

    @BeforeEach
    void open() {
        harbour = new FleetFixture(folder);
    }

    @Test
    void theCliEndsTheLoginAndNothingOfTheFleetStays() throws InterruptedException {
        FleetSpec spec = harbour.withLogin().toSpec();

        harbour.fleet().logout(spec);

        assertThat(harbour.cli.logouts()).isEqualTo(1);
        assertThat(harbour.cli.forgotten()).isEqualTo(1);
        assertThat(harbour.engine.names()).isEmpty();
        assertThat(harbour.lines.all())
                .anyMatch(line -> line.startsWith("info:  Logged out: the login that was kept in "
                        + spec.login().directory()));
    }

    @Test
    void anAuthContainerThatIsUpIsUsedAndThenRemoved() throws InterruptedException {
        FleetSpec spec = harbour.withLogin().toSpec();
        harbour.fleet().auth(spec);
        harbour.engine.forget();

        harbour.fleet().logout(spec);

        assertThat(harbour.cli.logouts()).isEqualTo(1);
        assertThat(harbour.engine.changes()).noneMatch(change -> change.startsWith("create "));
        assertThat(harbour.engine.names()).isEmpty();
    }

    @Test
    void aCliThatFailsIsToldAndNothingOfTheFleetStays() {
        FleetSpec spec = harbour.withLogin().toSpec();
        harbour.cli.failsToLogOut();

        EngineException failure = catchThrowableOfType(
                EngineException.class, () -> harbour.fleet().logout(spec));

        assertThat(harbour.cli.forgotten()).as("it is still a login").isZero();
        assertThat(failure).hasMessage("claude auth logout: Could not reach the service");
        assertThat(failure.suggestion()).contains("Check the network (mvn claude-fleet:doctor), then try again.");
        assertThat(harbour.engine.names()).isEmpty();
        assertThat(harbour.lines.all()).noneMatch(line -> line.contains("Logged out"));
    }

    @Test
    void whatWentWrongFirstIsToldAlsoWhereTheTidyingFails() {
        harbour.cli.failsToLogOut();
        harbour.engine.failing("remove container");

        EngineException failure = catchThrowableOfType(
                EngineException.class,
                () -> harbour.fleet().logout(harbour.withLogin().toSpec()));

        assertThat(failure).hasMessage("claude auth logout: Could not reach the service");
        assertThat(failure.getSuppressed()).hasSize(1);
    }

    @Test
    void aFleetWithAgentsKeepsItsLogin() throws InterruptedException {
        FleetSpec spec = harbour.withLogin("tester").toSpec();
        harbour.fleet().start(spec);
        harbour.engine.forget();

        InvalidSpecException refusal = refusalOf(spec);

        assertThat(refusal)
                .hasMessage("name \"shop\" is a fleet with 1 agent, which a logout would leave without a login");
        assertThat(refusal.suggestion()).isEqualTo("Stop it first: mvn claude-fleet:stop");
        assertThat(harbour.cli.logouts()).isZero();
        assertThat(harbour.engine.changes()).isEmpty();
    }

    @Test
    void withoutALoginThereIsNothingToEnd() throws InterruptedException, IOException {
        FleetSpec spec = harbour.withLogin().toSpec();
        Files.delete(spec.login().directory().resolve(".credentials.json"));

        harbour.fleet().logout(spec);

        assertThat(harbour.engine.changes()).isEmpty();
        assertThat(harbour.lines.all())
                .last()
                .isEqualTo("info:  Nothing to log out: there is no login in "
                        + spec.login().directory());
    }

    @Test
    void aTokenIsNotTheFleetsToEnd() {
        InvalidSpecException refusal = refusalOf(harbour.withToken().toSpec());

        assertThat(refusal).hasMessage("auth.mode is token, a credential that the fleet was handed and can't end");
        assertThat(refusal.suggestion()).isEqualTo("Revoke it where it was made.");
        assertThat(harbour.engine.changes()).isEmpty();
    }

    // ---- plans

    @Test
    void aPlanIsToldAndNothingIsDone() {
        FleetSpec spec = harbour.withLogin().toSpec();

        harbour.fleet().planLogout(spec);

        assertThat(harbour.lines.all())
                .containsExactly("info:  Dry run: the login in " + spec.login().directory()
                        + " would be revoked for every fleet that uses it, and the auth container removed.");
        assertThat(harbour.engine.changes()).isEmpty();
        assertThat(harbour.engine.execs()).isEmpty();
    }

    @Test
    void aPlanWithoutALoginSaysThatThereIsNone() throws IOException {
        FleetSpec spec = harbour.withLogin().toSpec();
        Files.delete(spec.login().directory().resolve(".credentials.json"));

        harbour.fleet().planLogout(spec);

        assertThat(harbour.lines.all()).singleElement().asString().contains("Nothing to log out");
    }

    @Test
    void aPlanRefusesWhatALogoutRefuses() throws InterruptedException {
        FleetSpec spec = harbour.withLogin("tester", "reviewer").toSpec();
        harbour.fleet().start(spec);

        assertThatThrownBy(() -> harbour.fleet().planLogout(spec)).hasMessageContaining("a fleet with 2 agents");
    }

    private InvalidSpecException refusalOf(FleetSpec spec) {
        return catchThrowableOfType(
                InvalidSpecException.class, () -> harbour.fleet().logout(spec));
    }
}
