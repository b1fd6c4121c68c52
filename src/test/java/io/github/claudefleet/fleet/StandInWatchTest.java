package io.github.claudefleet.fleet;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.claudefleet.engine.ContainerState;
import io.github.claudefleet.engine.ExecRequest;
import io.github.claudefleet.engine.ExecResult;
import io.github.claudefleet.engine.FakeEngine;
import io.github.claudefleet.gateway.RunningContainer;
import io.github.claudefleet.spec.Rehearsal;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class StandInWatchTest {

    private static final Path SCRIPTS = Path.of("/home/ann/shop/src/fleet");

    private final List<String> launched = new ArrayList<>();
    private final List<String> told = new ArrayList<>();
    private final FakeEngine engine = new FakeEngine()
            .put(RunningContainer.inState(ContainerState.RUNNING))
            .program(this::answer);
    private final StandInWatch watch = new StandInWatch(
            new StandInStarter(engine, this::launch, new FleetListener() {
                @Override
                public void standInCameBack() {
                    told.add("came back");
                }

                @Override
                public void standInLost(String reason) {
                    told.add(reason);
                }
            }),
            RunningContainer.ID,
            "/claude-fleet/gateway/private/c0ffee",
            new Rehearsal(SCRIPTS));

    private boolean listens = true;
    private boolean canCome = true;

    @Test
    void aStandInAtWorkIsLeftAlone() {
        look(3);

        assertThat(launched).isEmpty();
        assertThat(told).isEmpty();
    }

    @Test
    void aStandInThatConnectsAgainIsLeftAlone() {
        listens = false;
        look(1);
        listens = true;
        look(1);
        listens = false;
        look(1);

        assertThat(launched).isEmpty();
    }

    @Test
    void aDeadStandInIsStartedAgainOnceWithItsScripts() {
        listens = false;
        look(4);

        assertThat(launched).containsExactly(RunningContainer.ID + " " + SCRIPTS);
        assertThat(told).containsExactly("came back");
    }

    @Test
    void aStandInThatCannotComeBackIsReportedOnceAndTriedAgain() {
        listens = false;
        canCome = false;
        look(4);

        assertThat(launched).hasSize(3);
        assertThat(told).singleElement().asString().contains("has not begun to listen within 30 s");
    }

    @Test
    void aGatewayThatIsAwayIsNoDeadStandIn() {
        engine.containers().remove(RunningContainer.ID);
        look(3);

        assertThat(launched).isEmpty();
        assertThat(told).isEmpty();
    }

    private void look(int times) {
        for (int i = 0; i < times; i++) {
            watch.look();
        }
    }

    private void launch(String gateway, String session, Path scripts) {
        launched.add(gateway + " " + scripts);
        listens = canCome;
    }

    /** Answers a look at the port, and the wait for a new session. */
    private ExecResult answer(ExecRequest request) {
        return new ExecResult(listens ? 0 : 1, "", "");
    }
}
