package io.github.claudefleet.junit;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** Test classes whose fleet can't be started. What needs an engine is in FleetExtensionIT. */
class FleetExtensionTest {

    private static final String ENGINE = "claude-fleet.engine";

    @TempDir
    Path folder;

    @Fleet(agents = @Agent(name = "fixer"))
    static class OnNoEngine {
        @Test
        void isNotRun(RunningAgent fixer) {}
    }

    @Fleet
    static class WithoutAgents {
        @Test
        void isNotRun() {}
    }

    @Fleet(agents = @Agent(name = "fixer"))
    @TestInstance(TestInstance.Lifecycle.PER_CLASS)
    static class OneInstance {
        OneInstance(RunningFleet fleet) {}

        @Test
        void isNotRun() {}
    }

    static class WithoutFleet {
        @Test
        void isRun() {}
    }

    @BeforeEach
    void nameAnEngineThatIsNotThere() {
        System.setProperty(ENGINE, "unix://" + folder.resolve("no.sock"));
    }

    @AfterEach
    void forgetTheEngine() {
        System.clearProperty(ENGINE);
    }

    @Test
    void withoutAnEngineTheAddressAndTheNextStepAreNamed() {
        JUnitRun run = JUnitRun.of(OnNoEngine.class);

        assertThat(run.succeeded()).isZero();
        assertThat(run.failures())
                .singleElement()
                .asString()
                .startsWith("No fleet for " + OnNoEngine.class.getName() + ": ")
                .contains(folder.resolve("no.sock") + ": there is no such file")
                .contains("DOCKER_HOST");
    }

    @Test
    void aMistakeInTheAnnotationIsNamedBeforeAnEngineIsSought() {
        assertThat(JUnitRun.of(WithoutAgents.class).failures())
                .containsExactly("No fleet for " + WithoutAgents.class.getName() + ": agents is empty ("
                        + WithoutAgents.class.getName()
                        + "). Add an @Agent to the @Fleet, or an agent in its customizer.");
    }

    @Test
    void aConstructorThatComesBeforeTheFleetSaysSo() {
        assertThat(JUnitRun.of(OneInstance.class).failures())
                .singleElement()
                .asString()
                .contains("The fleet starts after the constructor of a class that has one instance for all tests");
    }

    @Test
    void aClassWithoutTheAnnotationNeedsNoEngine() {
        assertThat(JUnitRun.of(WithoutFleet.class)).isEqualTo(new JUnitRun(1, List.of()));
    }
}
