package io.github.claudefleet.doctor;

import io.github.claudefleet.auth.AuthContainer;
import io.github.claudefleet.engine.ContainerEngine;
import io.github.claudefleet.engine.ContainerState;
import io.github.claudefleet.plan.ObservedFleet;
import io.github.claudefleet.spec.KeeperState;
import java.util.List;

/** Checks the state that the keeper reports. */
final class KeeperCheck {

    private static final String CHECK = "keeper";
    private static final String SIGN_IN = "sign in: mvn claude-fleet:auth in a terminal";
    private static final String READ = "read what it says: mvn claude-fleet:logs -Dclaude-fleet.agent=auth";

    private final ContainerEngine engine;

    KeeperCheck(ContainerEngine engine) {
        this.engine = engine;
    }

    /** Returns no finding if no auth container is up, which other checks report. */
    List<Finding> run(ObservedFleet observed) {
        return observed.auth()
                .filter(container -> container.state() == ContainerState.RUNNING)
                .map(container ->
                        ContainerCheckGuard.at(CHECK, () -> List.of(ask(new AuthContainer(engine, container.id())))))
                .orElse(List.of());
    }

    private static Finding ask(AuthContainer container) {
        return container
                .keeperState()
                .map(KeeperCheck::judge)
                .orElseGet(() -> Finding.warn(CHECK, "says nothing of itself", READ));
    }

    private static Finding judge(KeeperState state) {
        return switch (state.doing()) {
            case KEEPING, REFRESHING -> Finding.pass(CHECK, state.text());
            case WAITING -> Finding.warn(CHECK, state.text(), SIGN_IN);
            case FAILING -> Finding.warn(CHECK, state.text(), READ);
            case EXPIRED, DAMAGED -> Finding.fail(CHECK, state.text(), SIGN_IN);
        };
    }
}
