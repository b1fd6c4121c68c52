package io.github.claudefleet.it;

import io.github.claudefleet.docker.DockerEngines;
import io.github.claudefleet.engine.ContainerEngine;
import io.github.claudefleet.host.HostUser;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Engine and stand-in of a project's fleet.
 *
 * @param address address of the engine; empty for the one that all tests share
 * @param standIn address of the stand-in's control
 * @param options Maven options for this engine and stand-in
 */
record Site(Optional<String> address, URI standIn, List<String> options) {

    /** Engine and stand-in that all tests share. */
    static Site shared() {
        return new Site(
                Optional.empty(),
                URI.create(ItProject.property("standin.url")),
                List.of(
                        "-Dclaude-fleet.image.buildNetwork=host",
                        "-Dclaude-fleet.image.caBundle=" + ItProject.property("standin.bundle"),
                        "-Dclaude-fleet.network=" + ItProject.property("standin.network")));
    }

    /** Engine owned by a test, with a stand-in on this machine's loopback. */
    static Site of(OwnEngine engine, LoopbackStandIn standIn, String image) {
        return new Site(
                Optional.of(engine.address()),
                standIn.control(),
                List.of(
                        "-Dclaude-fleet.engine=" + engine.address(),
                        "-Dclaude-fleet.image.name=" + image,
                        "-Dclaude-fleet.image.pull=never",
                        "-Dclaude-fleet.image.caBundle=" + standIn.ca(),
                        "-Dclaude-fleet.network=host",
                        "-Dclaude-fleet.egress.mode=open",
                        "-Dclaude-fleet.extraHosts=" + standIn.hosts()));
    }

    /** Returns the Maven options to add to these arguments. */
    List<String> optionsBeside(List<String> arguments) {
        List<String> all = new ArrayList<>(options);
        all.add("-Dclaude-fleet.egress.base=" + ItProject.property("it.baseImage"));
        // An image is either named or built.
        if (!named(options) && !named(arguments)) {
            all.add("-Dclaude-fleet.image.base=" + ItProject.property("it.baseImage"));
        }
        return all;
    }

    ContainerEngine connect() {
        return DockerEngines.connect(address, System.getenv(), HostUser.home());
    }

    DockerCommand docker() {
        return address.map(DockerCommand::new).orElseGet(DockerCommand::new);
    }

    private static boolean named(List<String> arguments) {
        return arguments.stream().anyMatch(argument -> argument.startsWith("-Dclaude-fleet.image.name="));
    }
}
