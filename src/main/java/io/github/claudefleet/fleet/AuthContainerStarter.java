package io.github.claudefleet.fleet;

import io.github.claudefleet.auth.AuthContainer;
import io.github.claudefleet.auth.AuthContainerFacts;
import io.github.claudefleet.converge.Converger;
import io.github.claudefleet.engine.ContainerEngine;
import io.github.claudefleet.engine.ContainerObservation;
import io.github.claudefleet.engine.EngineCapability;
import io.github.claudefleet.engine.UploadFile;
import io.github.claudefleet.plan.CapabilityCheck;
import io.github.claudefleet.plan.Plan;
import io.github.claudefleet.plan.Planner;
import io.github.claudefleet.plan.ResolvedFleet;
import io.github.claudefleet.plan.ResourceNames;
import io.github.claudefleet.runtime.FileSet;
import io.github.claudefleet.runtime.Kit;
import io.github.claudefleet.spec.ContainerPaths;
import io.github.claudefleet.spec.FleetSpec;
import io.github.claudefleet.spec.LoginMode;
import java.util.List;

/**
 * Starts a fleet's auth container with its kit and credential.
 *
 * @param runs tells whether the fleet is traced
 */
record AuthContainerStarter(ContainerEngine engine, Planner planner, RunListener runs) {

    /** Running auth container, with what it reported before it got its kit. */
    record Started(AuthContainer container, AuthContainerFacts facts) {}

    /**
     * Checks that the engine has all capabilities that the container and its image need.
     *
     * @throws io.github.claudefleet.spec.InvalidSpecException if it lacks one
     */
    void checkCapabilities(ResolvedFleet fleet) {
        Plan image = planner.image(fleet.target(), fleet.presentImage());
        CapabilityCheck.check(image.then(planner.auth(fleet)), fleet.spec(), engine.info());
    }

    /**
     * Starts the container if it isn't up, and sends what it lacks.
     *
     * @throws io.github.claudefleet.spec.InvalidSpecException if the image lacks something that a fleet needs
     */
    Started start(ResolvedFleet fleet, Converger converger) throws InterruptedException {
        converger.apply(planner.ground(fleet));
        if (!fleet.sharesVolumes()) {
            // Containers have the files that a volume has when they are created: the gateway, the credential.
            VolumeFiles.of(fleet.spec())
                    .forEach((volume, files) -> engine.volumes().write(volume, files));
        }
        converger.apply(planner.authContainers(fleet));
        AuthContainer container = new AuthContainer(engine, id(fleet, converger));
        AuthContainerFacts facts = new ImageCheck(engine, fleet.target()).into(container);
        equip(container, fleet.spec(), facts);
        return new Started(container, facts);
    }

    private static String id(ResolvedFleet fleet, Converger converger) {
        String name = new ResourceNames(fleet.spec().id()).auth();
        return converger
                .created(name)
                .or(() -> fleet.observed().auth().map(ContainerObservation::id))
                .orElseThrow(() -> new IllegalStateException("the auth container was not created"));
    }

    private void equip(AuthContainer container, FleetSpec spec, AuthContainerFacts facts) throws InterruptedException {
        // The credential first: the auth container waits for the kit's digest.
        Kit.secrets(spec).ifPresent(secrets -> send(secrets, facts.secretsDigest(), ContainerPaths.SECRETS, container));
        Kit.identity(spec)
                .ifPresent(identity -> send(identity, facts.identityDigest(), ContainerPaths.IDENTITY, container));
        Kit.mavenSettings(spec)
                .ifPresent(settings -> send(settings, facts.mavenDigest(), ContainerPaths.MAVEN, container));
        send(Kit.of(spec), facts.kitDigest(), ContainerPaths.KIT, container);
        if (facts.trace().isEmpty()) {
            runs.newTrace()
                    .map(id -> List.of(Kit.trace(spec, id)))
                    .ifPresent(trace -> sendTrace(container, spec, trace));
        }
        if (spec.login().mode() == LoginMode.API_KEY) {
            container.settle();
        }
    }

    private void sendTrace(AuthContainer container, FleetSpec spec, List<UploadFile> trace) {
        engine.files().upload(container.id(), ContainerPaths.KIT, trace);
        if (!engine.info().has(EngineCapability.SHARED_VOLUMES)) {
            engine.volumes().write(new ResourceNames(spec.id()).kitVolume(spec.user()), trace);
        }
    }

    private void send(FileSet wanted, String present, String directory, AuthContainer container) {
        if (!present.equals(wanted.digest())) {
            engine.files().upload(container.id(), directory, wanted.files());
        }
    }
}
