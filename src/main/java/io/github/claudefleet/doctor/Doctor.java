package io.github.claudefleet.doctor;

import io.github.claudefleet.engine.ContainerEngine;
import io.github.claudefleet.engine.EngineException;
import io.github.claudefleet.host.Machine;
import io.github.claudefleet.plan.ObservedFleet;
import io.github.claudefleet.plan.ResourceDemand;
import io.github.claudefleet.spec.FleetSpec;
import io.github.claudefleet.spec.HomeDirectory;
import io.github.claudefleet.spec.InvalidSpecException;
import io.github.claudefleet.spec.LoginMode;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Checks everything that a fleet depends on, before it is started or while it runs; changes nothing. */
public final class Doctor {

    private final FleetSpec spec;
    private final HomeDirectory home;
    private final Map<String, String> environment;
    private final InstantSource clock;

    /**
     * @param home home directory of the user who runs this
     * @param environment Maven's environment variables
     */
    public Doctor(FleetSpec spec, HomeDirectory home, Map<String, String> environment, InstantSource clock) {
        this.spec = spec;
        this.home = home;
        this.environment = environment;
        this.clock = clock;
    }

    /** Runs the checks that need no engine. */
    public List<Finding> examineWithoutEngine(EngineException reason) {
        List<Finding> findings = new ArrayList<>();
        findings.add(
                Finding.fail("engine", reason.getMessage(), reason.suggestion().orElse("start it")));
        findings.addAll(host());
        return findings;
    }

    /**
     * Runs the checks that need no right on the engine, if the user lacks one that a fleet needs; empty if the user has
     * all of them.
     */
    public Optional<List<Finding>> examineWithoutRights(ContainerEngine engine) {
        EngineChecks engineChecks = new EngineChecks(spec, engine.info());
        return engineChecks
                .rights(engine.rights(spec.isFenced()))
                .filter(finding -> finding.outcome() == Finding.Outcome.FAIL)
                .map(missing -> {
                    List<Finding> findings = new ArrayList<>(List.of(engineChecks.engine(), missing));
                    findings.addAll(host());
                    return findings;
                });
    }

    /**
     * Runs all checks, each after those that it depends on.
     *
     * @param reference name of the fleet's image
     * @param observed the fleet's resources on the engine
     * @param demand resources that a start would need on the engine's machine
     * @param refusals needs of that start that the engine can't meet
     * @param loginUsers other fleets on the engine that use its login
     */
    public List<Finding> examine(
            ContainerEngine engine,
            String reference,
            ObservedFleet observed,
            ResourceDemand demand,
            List<InvalidSpecException> refusals,
            LoginUsers loginUsers) {
        EngineChecks engineChecks = new EngineChecks(spec, engine.info());
        List<Finding> findings = new ArrayList<>();
        findings.add(engineChecks.engine());
        findings.addAll(engineChecks.capabilities(refusals));
        engineChecks.rights(engine.rights(spec.isFenced())).ifPresent(findings::add);
        engineChecks.runtime().ifPresent(findings::add);
        findings.add(engineChecks.memory());
        new CapacityGuard(engine, Machine.here())
                .of(demand)
                .forEach(balance -> findings.add(balance.finding(spec.overcommit())));
        findings.add(engineChecks.image(reference, engine.images().find(reference)));
        findings.addAll(host());
        findings.addAll(new ContainerChecks(engine, spec.login(), clock).run(observed));
        findings.addAll(new KeeperCheck(engine).run(observed));
        findings.addAll(new LoginChecks(engine, spec, clock).run(observed));
        if (spec.login().mode() == LoginMode.LOGIN) {
            findings.add(loginUsers.finding());
        }
        findings.add(engineChecks.leftovers(observed));
        return findings;
    }

    private List<Finding> host() {
        List<Finding> findings = new ArrayList<>(new HostChecks(spec, home, clock).run());
        findings.add(new ProxyCheck(spec, environment).finding());
        return findings;
    }
}
