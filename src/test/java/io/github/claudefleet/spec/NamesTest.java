package io.github.claudefleet.spec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

class NamesTest {

    private static final String FORTY = "a123456789b123456789c123456789d123456789";

    @ParameterizedTest
    @ValueSource(strings = {"a", "7", "reviewer", "code-reviewer", "v1.2", "a--b", FORTY})
    void aNameOfSmallLettersDigitsDotsAndHyphensIsTakenAsItIs(String name) {
        assertThat(new AgentName(name)).hasToString(name);
        assertThat(new FleetName(name)).hasToString(name);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"Reviewer", "-a", "a-", ".", "a_b", "a b", "a/b", "ä", "a\nb", "a;rm -rf", "$(id)", FORTY + "e"})
    void anyOtherNameIsRefused(String name) {
        assertThatThrownBy(() -> new AgentName(name)).hasMessage("agent.name \"" + name + "\" is not a valid name");
        assertThatThrownBy(() -> new FleetName(name)).hasMessage("name \"" + name + "\" is not a valid name");
    }

    @ParameterizedTest
    @NullSource
    @ValueSource(strings = {"", " \t"})
    void noNameAtAllIsSaidToBeMissing(String name) {
        assertThatThrownBy(() -> new AgentName(name)).hasMessage("agent.name is missing");
    }

    @ParameterizedTest
    @CsvSource({
        "Code Reviewer, code-reviewer",
        "__Shop__, shop",
        "my_app.web, my-app.web",
        "ÄÖÜ, fleet",
        "'...', fleet",
        FORTY + "eee, " + FORTY
    })
    void theErrorSuggestsTheNearestNameThatWouldDo(String name, String suggested) {
        InvalidSpecException refusal = catchThrowableOfType(InvalidSpecException.class, () -> new FleetName(name));

        assertThat(refusal.suggestion()).endsWith("for example \"" + suggested + "\".");
        assertThat(FleetName.near(name)).hasToString(suggested);
    }

    @Test
    void anAgentCannotHaveTheNameOfAnotherContainer() {
        for (String taken : List.of("auth", "gateway")) {
            assertThatThrownBy(() -> new AgentName(taken))
                    .hasMessageContaining("\"" + taken + "\" is the name of another container of the fleet");
        }
        assertThat(new FleetName("auth")).hasToString("auth");
    }

    @Test
    void aReplicasNameEndsInItsNumber() {
        assertThat(new AgentName("tester").replica(12)).hasToString("tester-12");
    }

    @Test
    void aReplicaWhoseNameGetsTooLongIsRefused() {
        assertThatThrownBy(() -> new AgentName(FORTY).replica(1)).isInstanceOf(InvalidSpecException.class);
    }

    @Test
    void namesAreInAlphabeticalOrder() {
        assertThat(new AgentName("a")).isLessThan(new AgentName("b"));
        assertThat(new FleetName("a")).isLessThan(new FleetName("b"));
    }
}
