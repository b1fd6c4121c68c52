package io.github.claudefleet.fleet;

import io.github.claudefleet.auth.SignInPendingException;
import io.github.claudefleet.console.FleetLog;
import io.github.claudefleet.converge.ConvergeException;
import io.github.claudefleet.converge.Converger;
import io.github.claudefleet.engine.EngineException;
import io.github.claudefleet.engine.LabelSelector;
import io.github.claudefleet.engine.Uninterruptibly;
import io.github.claudefleet.plan.ObservedFleet;
import io.github.claudefleet.plan.Planner;
import io.github.claudefleet.spec.FleetId;

/** Something that makes a fleet, or leaves what was there before. */
record RollbackOnFailure(FleetObserver observer, Planner planner, FleetLog log) {

    /** What may come to nothing. */
    @FunctionalInterface
    interface Work<T> {
        T run() throws InterruptedException;
    }

    /**
     * Takes back what the work made, where that fails or is interrupted; all but a sign-in that is left waiting.
     *
     * @param converger what the work makes things by
     */
    <T> T orTakeBack(Converger converger, FleetId fleet, Work<T> work) throws InterruptedException {
        ObservedFleet before = observer.observe(fleet);
        try {
            return work.run();
        } catch (SignInPendingException e) {
            throw e;
        } catch (InterruptedException | RuntimeException e) {
            Uninterruptibly.run(() -> {
                converger.rollback().run();
                takeBackUnheardOf(converger, fleet, before);
            });
            throw e;
        }
    }

    /** What the engine made and had no chance to say so. */
    private void takeBackUnheardOf(Converger converger, FleetId fleet, ObservedFleet before)
            throws InterruptedException {
        try {
            converger.apply(
                    planner.stop(observer.observe(LabelSelector.madeBy(fleet)).without(before)));
        } catch (ConvergeException | EngineException e) {
            log.rollbackFailed("all of fleet " + fleet, e.getMessage());
        }
    }
}
