package io.github.claudefleet.fleet;

import io.github.claudefleet.auth.SignInPendingException;
import io.github.claudefleet.converge.ConvergeException;
import io.github.claudefleet.converge.Converger;
import io.github.claudefleet.engine.EngineException;
import io.github.claudefleet.engine.LabelSelector;
import io.github.claudefleet.engine.Uninterruptibly;
import io.github.claudefleet.plan.ObservedFleet;
import io.github.claudefleet.plan.ResolvedFleet;
import io.github.claudefleet.spec.FleetId;

/** Rolls back a failed attempt to create a fleet; existing resources stay. */
record RollbackOnFailure(FleetContext context) {

    /** Work that may fail. */
    @FunctionalInterface
    interface Work<T> {
        T run() throws InterruptedException;
    }

    /**
     * Runs the work; if it fails or is interrupted, rolls back what it created. A pending sign-in is not rolled back.
     *
     * @param converger converger that the work creates resources with
     * @param before the fleet as it was before
     */
    <T> T orRollBack(Converger converger, ResolvedFleet before, Work<T> work) throws InterruptedException {
        try {
            return work.run();
        } catch (SignInPendingException e) {
            throw e;
        } catch (InterruptedException | RuntimeException e) {
            Uninterruptibly.run(() -> {
                context.volumes.fetchBeforeRollback(before.spec(), before.observed());
                converger.rollback().run();
                rollBackUnreported(converger, before.spec().id(), before.observed());
            });
            throw e;
        }
    }

    /** Rolls back resources that the engine created but could not report. */
    private void rollBackUnreported(Converger converger, FleetId fleet, ObservedFleet before)
            throws InterruptedException {
        try {
            converger.apply(context.planner.stop(
                    context.observer.observe(LabelSelector.madeBy(fleet)).without(before)));
        } catch (ConvergeException | EngineException e) {
            context.listeners.converge().rollbackFailed("all of fleet " + fleet, e.getMessage());
        }
    }
}
