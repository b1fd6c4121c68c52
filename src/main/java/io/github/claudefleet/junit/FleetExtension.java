package io.github.claudefleet.junit;

import io.github.claudefleet.console.ErrorText;
import io.github.claudefleet.spec.InvalidSpecException;
import java.util.Optional;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ExtensionContext.Store;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolutionException;
import org.junit.jupiter.api.extension.ParameterResolver;

/** Starts the fleet of a test class before its tests, hands it to them, and ends it after them. */
abstract class FleetExtension implements BeforeAllCallback, AfterAllCallback, ParameterResolver {

    private static final Namespace NAMESPACE = Namespace.create(FleetExtension.class);
    private static final String RUN = "run";

    /** Returns the fleet that a class declares; empty if it declares none. */
    abstract Optional<FleetDefinition> definitionOf(Class<?> tests);

    /** Does nothing for a nested class without an annotation, which has the fleet of the class around it. */
    @Override
    public void beforeAll(ExtensionContext context) throws InterruptedException {
        FleetDefinition fleet = definitionOf(context.getRequiredTestClass()).orElse(null);
        if (fleet != null) {
            try {
                FleetRun run = FleetRun.connect(fleet);
                // Known before it starts, so that it is ended after a failure.
                store(context).put(RUN, run);
                run.start();
            } catch (RuntimeException e) {
                throw new FleetTestException("No fleet for " + fleet.tests().getName() + ": " + ErrorText.of(e), e);
            }
        }
    }

    @Override
    public void afterAll(ExtensionContext context) {
        FleetRun run = store(context).remove(RUN, FleetRun.class);
        if (run != null) {
            try {
                run.close();
            } catch (RuntimeException e) {
                throw new FleetTestException("Fleet " + run.spec().name() + " did not end: " + ErrorText.of(e), e);
            }
        }
    }

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        Class<?> type = parameter.getParameter().getType();
        return type == RunningFleet.class || type == RunningAgent.class;
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
        FleetRun run = store(context).get(RUN, FleetRun.class);
        if (run == null) {
            throw new ParameterResolutionException(
                    "The fleet starts after the constructor of a class that has one instance"
                            + " for all tests (PER_CLASS). Take it as a parameter of @BeforeAll or of the tests.");
        }
        RunningFleet fleet = new RunningFleet(run);
        return parameter.getParameter().getType() == RunningFleet.class ? fleet : agent(fleet, parameter);
    }

    private static RunningAgent agent(RunningFleet fleet, ParameterContext parameter) {
        String name = parameter
                .findAnnotation(AgentNamed.class)
                .map(AgentNamed::value)
                .orElseGet(() -> nameOfOnly(fleet, parameter));
        try {
            return fleet.agent(name);
        } catch (InvalidSpecException e) {
            throw new ParameterResolutionException(ErrorText.of(e), e);
        }
    }

    private static String nameOfOnly(RunningFleet fleet, ParameterContext parameter) {
        if (fleet.agents().size() > 1) {
            throw new ParameterResolutionException("Parameter "
                    + parameter.getParameter().getName() + " can be any of several agents. Name one with @AgentNamed.");
        }
        return fleet.agents().get(0).name();
    }

    private static Store store(ExtensionContext context) {
        return context.getStore(NAMESPACE);
    }
}
