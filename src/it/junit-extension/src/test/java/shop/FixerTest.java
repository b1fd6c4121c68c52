package shop;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.claudefleet.junit.Agent;
import io.github.claudefleet.junit.AgentNamed;
import io.github.claudefleet.junit.Fleet;
import io.github.claudefleet.junit.RunningAgent;
import io.github.claudefleet.junit.RunningFleet;
import io.github.claudefleet.task.Outcome;
import io.github.claudefleet.task.TaskReport;
import java.util.Optional;
import org.junit.jupiter.api.Test;

// tag::test[]
@Fleet(
        agents = {
            @Agent(name = "fixer", prompt = "Fix the build.", check = "grep -q good build.txt", rounds = 2),
            @Agent(name = "idle")
        })
class FixerTest {

    @Test
    void theBuildIsFixedInTheSecondRound(@AgentNamed("fixer") RunningAgent fixer) {
        TaskReport task = fixer.task();

        assertEquals(Outcome.DONE, task.outcome(), task.reason());
        assertEquals(Optional.of("Now it is fixed."), task.answer().text());
        assertEquals(2, task.exit().check().orElseThrow().rounds().size());
        assertTrue(fixer.patch().contains("+good"));
    }

    @Test
    void theImageHasGit(RunningFleet fleet) {
        assertTrue(fleet.agent("idle").exec("git", "--version").succeeded());
    }
}
// end::test[]
