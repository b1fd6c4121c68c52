package io.github.claudefleet.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.claudefleet.spec.CheckSpec;
import io.github.claudefleet.spec.FleetSpec;
import io.github.claudefleet.spec.TaskQueue;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Configuration of work that goes from one agent to the next, and of checks with rounds. */
class HandOverConfigurationTest extends PomFixture {

    private static final AgentConfiguration FIXER = agent("fixer", Map.of("tasks", List.of("Fix one", "Fix two")));

    // ---- dependencies

    @Test
    void aDependencyNamesAnAgentOrOneOfItsTasks() {
        FleetSpec spec = spec(
                FIXER,
                agent("one", Map.of("prompt", "x", "dependsOn", List.of("fixer"))),
                agent("two", Map.of("prompt", "x", "dependsOn", List.of("fixer/02"))));

        assertThat(queue(spec, 1).dependsOn()).hasToString("[fixer]");
        assertThat(queue(spec, 2).dependsOn()).hasToString("[fixer/02]");
        assertThat(queue(spec, 2).dependsOn().get(0).evenIfFailed()).isFalse();
    }

    @Test
    void aDependencyMayContinueAfterAFailure() {
        DependencyConfiguration fixer =
                Beans.fill(new DependencyConfiguration(), Map.of("name", "fixer", "onFailure", "continue"));

        FleetSpec spec = spec(FIXER, agent("one", Map.of("prompt", "x", "dependsOn", List.of(fixer))));

        assertThat(queue(spec, 1).dependsOn().get(0).evenIfFailed()).isTrue();
    }

    @Test
    void refusesUnknownTasksAndWords() {
        assertThat(refused(FIXER, agent("one", Map.of("prompt", "x", "dependsOn", List.of("fixer/03")))))
                .hasMessageContaining("of agent one names \"fixer/03\", which is no task of agent fixer");
        DependencyConfiguration maybe =
                Beans.fill(new DependencyConfiguration(), Map.of("name", "fixer", "onFailure", "perhaps"));
        assertThat(refused(FIXER, agent("one", Map.of("prompt", "x", "dependsOn", List.of(maybe)))))
                .hasMessageContaining("agent.dependsOn.onFailure \"perhaps\" is not known");
        assertThat(refused(FIXER, agent("one", Map.of("prompt", "x", "dependsOn", List.of(" ")))))
                .hasMessageContaining("agent.dependsOn names nothing");
    }

    // ---- references

    @ParameterizedTest
    @CsvSource({"answer:fixer", "json:fixer/01", "branch:fixer", "patch:fixer", "outcome:fixer/02", "' answer : fixer '"
    })
    void aPromptMayReferToWhatItsAgentDependsOn(String reference) {
        FleetSpec spec =
                spec(FIXER, agent("one", Map.of("prompt", "See {{" + reference + "}}", "dependsOn", List.of("fixer"))));

        assertThat(queue(spec, 1).tasks().get(0).prompt().refers()).isTrue();
    }

    @Test
    void aReferenceWithABackslashIsText() {
        FleetSpec spec = spec(agent("one", Map.of("prompt", "Write \\{{answer:fixer}} there")));

        assertThat(queue(spec, 0).tasks().get(0).prompt().text()).isEqualTo("Write {{answer:fixer}} there");
        assertThat(queue(spec, 0).tasks().get(0).prompt().refers()).isFalse();
    }

    @Test
    void refusesReferencesToWhatMayNotBeOver() {
        assertThat(refused(FIXER, agent("one", Map.of("prompt", "{{answer:fixer}}"))))
                .hasMessageContaining("of agent one has {{answer:fixer}}, but the agent does not depend on fixer");
        assertThat(refused(
                        FIXER, agent("one", Map.of("prompt", "{{json:fixer/02}}", "dependsOn", List.of("fixer/01")))))
                .hasMessageContaining("does not depend on fixer/02");
    }

    @Test
    void refusesAnUnknownKindOfReference() {
        assertThat(refused(FIXER, agent("one", Map.of("prompt", "{{diff:fixer}}", "dependsOn", List.of("fixer")))))
                .hasMessageContaining("has {{diff:fixer}}, which is no placeholder");
    }

    // ---- rounds

    @Test
    void aCheckWithRoundsIsSentToItsAgent() {
        CheckConfiguration check =
                Beans.fill(new CheckConfiguration(), Map.of("command", "mvn verify", "rounds", "2", "timeout", "5m"));

        FleetSpec spec = spec(agent("one", Map.of("prompt", "x", "check", check)));

        assertThat(queue(spec, 0).check())
                .contains(CheckSpec.of("mvn verify").withRounds(2).withTimeout(Duration.ofMinutes(5)));
        assertThat(queue(spec, 0).atOnce()).isFalse();
        assertThat(queue(spec(agent("one", Map.of("prompt", "x", "check", "mvn verify"))), 0)
                        .atOnce())
                .isTrue();
    }

    @ParameterizedTest
    @CsvSource({"-1, agent.check.rounds", "21, agent.check.rounds"})
    void refusesRoundsOutOfRange(Integer rounds, String parameter) {
        CheckConfiguration check =
                Beans.fill(new CheckConfiguration(), Map.of("command", "mvn verify", "rounds", rounds));

        assertThat(refused(agent("one", Map.of("prompt", "x", "check", check)))).hasMessageContaining(parameter);
    }

    @ParameterizedTest
    @CsvSource({"--no-session-persistence", "--session-id=0b5f8a3e-2f4c-4a57-9d41-6f5a1c1f8e11", "--continue"})
    void refusesRoundsWithoutASessionOfTheirOwn(String argument) {
        CheckConfiguration check = Beans.fill(new CheckConfiguration(), Map.of("command", "mvn verify", "rounds", 1));

        assertThat(refused(agent("one", Map.of("prompt", "x", "check", check, "claudeArguments", argument))))
                .hasMessageContaining("agent.check.rounds need the session of the first round");
        assertThat(spec(agent("one", Map.of("prompt", "x", "check", "mvn verify", "claudeArguments", argument)))
                        .agents())
                .hasSize(1);
    }

    @Test
    void refusesACheckWithoutACommand() {
        CheckConfiguration check = Beans.fill(new CheckConfiguration(), Map.of("rounds", 1));

        assertThat(refused(agent("one", Map.of("prompt", "x", "check", check))))
                .hasMessageContaining("agent.check has no command");
    }

    private static TaskQueue queue(FleetSpec spec, int index) {
        return spec.work().queues().get(index);
    }
}
