package io.github.claudefleet.workspace.shapes;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.claudefleet.spec.WorkspaceStrategy;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Goals that are killed at each step of creating, collecting and removing a workspace: a call of git, or a change of a
 * file. The next goal repairs incomplete work. Each run plays a selection of the steps, {@code -Dshapes=all} all,
 * {@code -Dshapes=REGEX} those whose names match.
 */
class KilledWorkspaceIT {

    private static final int MOST_STEPS = 500;
    private static final int FEWEST_STEPS = 8;

    /** Divisor of the selection, a prime number, so that scenarios begin with different steps. */
    private static final int ONE_IN = 89;

    @TempDir
    private Path temp;

    static Stream<Arguments> kills() {
        return Stream.of(new GitCallKiller(), new FileOperationKiller())
                .flatMap(killer -> Arrays.stream(KillScenario.values())
                        .flatMap(scenario -> Stream.of(
                                        WorkspaceStrategy.WORKTREE, WorkspaceStrategy.CLONE, WorkspaceStrategy.COPY)
                                .map(strategy -> Arguments.of(killer, scenario, strategy))));
    }

    @ParameterizedTest
    @MethodSource("kills")
    void theNextGoalMendsWhateverIsHalfMade(Killer killer, KillScenario scenario, WorkspaceStrategy strategy) {
        String shapes = System.getProperty("shapes", "");
        String name = strategy.value() + ", " + scenario.words() + ", " + killer;
        boolean all = shapes.equals("all") || !shapes.isEmpty() && name.matches(".*(" + shapes + ").*");
        int first = all ? 1 : 1 + (scenario.ordinal() * 3 + strategy.ordinal()) % FEWEST_STEPS;
        int step = all ? 1 : ONE_IN;
        int at = first;
        while (at < MOST_STEPS && isMended(killer, scenario, strategy, at)) {
            at += step;
        }
        assertThat(at).as("steps that were played").isBetween(first + 1, MOST_STEPS - 1);
    }

    private boolean isMended(Killer killer, KillScenario scenario, WorkspaceStrategy strategy, int at) {
        Stage stage = new Stage(RepositoryShape.PLAIN, strategy, temp.resolve(String.valueOf(at)));
        boolean killed = scenario.play(stage, killer, at);
        assertThat(stage.details()).as(scenario + " " + killer + ", step " + at).isEqualTo(List.of());
        Shell.run(temp, "rm -rf " + at);
        return killed;
    }
}
