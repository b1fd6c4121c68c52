package io.github.claudefleet.fleet;

import io.github.claudefleet.converge.Parallel;
import io.github.claudefleet.doctor.Doctor;
import io.github.claudefleet.doctor.Finding;
import io.github.claudefleet.doctor.LoginUsers;
import io.github.claudefleet.plan.CapabilityCheck;
import io.github.claudefleet.plan.ResolvedFleet;
import io.github.claudefleet.spec.FleetSpec;
import java.util.List;
import java.util.Map;

/** Reads existing fleets; changes nothing. */
record QueryService(FleetContext context) {

    String engineAddress() {
        return context.engine.info().address();
    }

    List<AgentStatus> status(FleetSelector selector) throws InterruptedException {
        StatusReader reader = new StatusReader(context.engine, context.clock);
        return Parallel.map(
                context.observer.observe(context.registry.toShow(selector)).inOrder(),
                StartupWaiter.WATCHES_AT_ONCE,
                reader::read);
    }

    List<Finding> doctor(FleetSpec spec, Map<String, String> environment) {
        Doctor doctor = new Doctor(spec, context.home, environment, context.clock);
        return doctor.examineWithoutRights(context.engine).orElseGet(() -> examine(doctor, spec));
    }

    private List<Finding> examine(Doctor doctor, FleetSpec spec) {
        FleetSpec present = context.volumes.resolve(spec.withId(context.registry.present(spec.id())));
        ResolvedFleet fleet = context.resolve(present);
        FleetPlan plan = FleetPlan.of(fleet, context.images, context.planner);
        return doctor.examine(
                context.engine,
                fleet.target().reference(),
                fleet.observed(),
                plan.demandOf(plan.all()),
                CapabilityCheck.refusals(plan.all(), present, context.volumes.engineFor(present)),
                LoginUsers.of(context.observer.loginUsers(present)));
    }

    void logs(FleetSelector fleet, LogsRequest request) throws InterruptedException {
        new LogsReader(context.engine, context.listeners.output())
                .read(fleet.id().name(), context.observer.observe(context.registry.toShow(fleet)), request);
    }
}
