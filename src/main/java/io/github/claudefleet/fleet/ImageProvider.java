package io.github.claudefleet.fleet;

import io.github.claudefleet.engine.ContainerEngine;
import io.github.claudefleet.engine.EngineCapability;
import io.github.claudefleet.engine.EngineException;
import io.github.claudefleet.engine.ImageObservation;
import io.github.claudefleet.image.ImageBuilder;
import io.github.claudefleet.image.ImageReferences;
import io.github.claudefleet.plan.ImageTarget;
import io.github.claudefleet.plan.ObservedFleet;
import io.github.claudefleet.plan.Operation;
import io.github.claudefleet.plan.Plan;
import io.github.claudefleet.plan.Planner;
import io.github.claudefleet.plan.ResolvedFleet;
import io.github.claudefleet.spec.FleetSpec;
import io.github.claudefleet.spec.ImageSpec;
import io.github.claudefleet.spec.InvalidSpecException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;

/** Provides the fleet's images. */
final class ImageProvider {

    private static final String PULL_SUGGESTION =
            "Check image.name, sign in to its registry with docker login, or leave"
                    + " image.name out to have the bundled image built.";
    private static final String REACH_SUGGESTION =
            "if npm or apt can't reach its registry, see image.caBundle and image.buildNetwork.";

    private final ContainerEngine engine;
    private final Planner planner;
    private final ImageListener listener;
    private final InstantSource clock;

    ImageProvider(ContainerEngine engine, Planner planner, ImageListener listener, InstantSource clock) {
        this.engine = engine;
        this.planner = planner;
        this.listener = listener;
        this.clock = clock;
    }

    ImageTarget target(FleetSpec spec) {
        return new ImageTarget(ImageReferences.of(spec.id(), spec.image()), spec.image());
    }

    /** Joins a fleet with its image, if the engine has that. */
    ResolvedFleet resolve(FleetSpec spec, ObservedFleet observed) {
        ImageTarget target = target(spec);
        ImageObservation image = find(target).orElse(ResolvedFleet.NO_IMAGE);
        ImageTarget gateway = new ImageTarget(ImageReferences.of(spec.id(), spec.gatewayImage()), spec.gatewayImage());
        return new ResolvedFleet(
                spec, target, image, observed, gateway, engine.info().capabilities());
    }

    /** Returns the image, if the engine has it, or pulls it with each container. */
    private Optional<ImageObservation> find(ImageTarget target) {
        return isPulledWithContainers(target)
                ? Optional.of(new ImageObservation(target.reference(), Map.of()))
                : engine.images().find(target.reference());
    }

    private boolean isPulledWithContainers(ImageTarget target) {
        return target.spec() instanceof ImageSpec.Named && !engine.info().has(EngineCapability.IMAGES);
    }

    private Plan plan(ImageTarget target, Optional<ImageObservation> present) {
        return isPulledWithContainers(target) ? Plan.NOTHING : planner.image(target, present);
    }

    Plan plan(ResolvedFleet fleet) {
        return plan(fleet.target(), fleet.presentImage()).then(gatewayPlan(fleet));
    }

    /** Builds or pulls the images as planned, and returns that of the agents. */
    ImageObservation ensure(ResolvedFleet fleet) {
        gatewayPlan(fleet).steps().forEach(this::execute);
        return ensure(fleet.target(), fleet.presentImage());
    }

    private Plan gatewayPlan(ResolvedFleet fleet) {
        return fleet.spec().hasGateway() ? plan(fleet.gatewayImage(), find(fleet.gatewayImage())) : Plan.NOTHING;
    }

    private ImageObservation ensure(ImageTarget target, Optional<ImageObservation> known) {
        Optional<ImageObservation> present = known.or(() -> find(target));
        Plan plan = plan(target, present);
        if (plan.isEmpty() && present.isPresent()) {
            return present.get();
        }
        plan.steps().forEach(this::execute);
        return engine.images()
                .find(target.reference())
                .orElseThrow(() -> new InvalidSpecException(
                        "image.name",
                        target.reference() + " is not on the engine, and image.pull is never",
                        "Load or build it, or set image.pull to missing."));
    }

    private void execute(Plan.Step step) {
        Instant begin = clock.instant();
        listener.imageBegun(step);
        if (step.operation() instanceof Operation.PullImage pull) {
            suggesting(
                    PULL_SUGGESTION,
                    () -> engine.images().pull(pull.reference(), new ImageLines(listener, clock, pull.reference())));
            listener.imageReady(pull.reference(), Duration.between(begin, clock.instant()));
        } else if (step.operation() instanceof Operation.BuildImage build) {
            ImageTarget target = build.target();
            suggesting(
                    buildSuggestion(target.spec()),
                    () -> new ImageBuilder(engine.images())
                            .build(
                                    target.reference(),
                                    target.spec(),
                                    new ImageLines(listener, clock, target.reference())));
            listener.imageReady(target.reference(), Duration.between(begin, clock.instant()));
        }
    }

    private static String buildSuggestion(ImageSpec spec) {
        if (spec instanceof ImageSpec.Gateway gateway) {
            return "If the gateway's base " + gateway.base() + " can't be fetched, name another with egress.base; "
                    + REACH_SUGGESTION;
        }
        return (spec instanceof ImageSpec.Bundled bundled
                        ? "If the base " + bundled.base() + " can't be fetched, name another with image.base; "
                                + bundled.build()
                                        .java()
                                        .map(java -> "if the JDK's image " + java + " can't, with java.image; ")
                                        .orElse("")
                        : "The Dockerfile is the one that image.dockerfile names; ")
                + REACH_SUGGESTION;
    }

    private static void suggesting(String suggestion, Runnable call) {
        try {
            call.run();
        } catch (EngineException e) {
            throw e.kind() == EngineException.Kind.UNREACHABLE ? e : e.withSuggestion(suggestion);
        }
    }
}
