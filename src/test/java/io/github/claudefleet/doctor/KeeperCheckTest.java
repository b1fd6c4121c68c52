package io.github.claudefleet.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.claudefleet.engine.ContainerState;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class KeeperCheckTest {

    private final DoctorFixture fixture = new DoctorFixture();

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "keeping    | pass  keeper: token good for 2h",
                "refreshing | pass  keeper: being renewed, token good for 2h",
                "waiting    | warn  keeper: waiting for a sign-in -> sign in: mvn claude-fleet:auth in a terminal",
                "failing    | warn  keeper: not renewed in 3 attempts, token good for 2h -> read what it says: mvn"
                        + " claude-fleet:logs -Dclaude-fleet.agent=auth",
                "expired    | FAIL  keeper: expired or revoked: sign in again -> sign in: mvn claude-fleet:auth in a"
                        + " terminal",
                "damaged    | FAIL  keeper: damaged: sign in again -> sign in: mvn claude-fleet:auth in a terminal"
            })
    void whatItIsAtIsJudged(String doing, String line) {
        fixture.auth().keeper("doing=" + doing + "\nexpires=8200\nfailures=3\nnow=1000\n");

        assertThat(lines()).containsExactly(line);
    }

    @Test
    void oneThatSaysNothingIsWarnedOf() {
        fixture.auth().keeper("now=1000\n");

        assertThat(lines())
                .containsExactly("warn  keeper: says nothing of itself -> read what it says: mvn claude-fleet:logs"
                        + " -Dclaude-fleet.agent=auth");
    }

    @Test
    void oneThatIsNotUpIsNotAsked() {
        fixture.auth(ContainerState.EXITED);

        assertThat(lines()).isEmpty();
        assertThat(fixture.engine.execs()).isEmpty();
    }

    @Test
    void oneThatGoesMeanwhileIsAFinding() {
        fixture.auth().goes("auth");

        assertThat(lines())
                .containsExactly("FAIL  keeper: exec in container c-auth: no such container -> run doctor again");
    }

    private List<String> lines() {
        return new KeeperCheck(fixture.engine)
                .run(fixture.observed()).stream().map(Finding::text).toList();
    }
}
