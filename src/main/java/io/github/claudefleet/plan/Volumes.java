package io.github.claudefleet.plan;

import io.github.claudefleet.engine.VolumeRequest;
import io.github.claudefleet.spec.ContainerUser;
import io.github.claudefleet.spec.FleetSpec;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Volumes of a fleet. The kit must outlive a restart of its containers; secrets are never on disk. */
final class Volumes {

    /** Size of an in-memory volume for a token, a key, an identity or Maven's settings. */
    private static final long SECRETS_BYTES = 1L << 20;
    /** Size of the gateway's volume, with the relay and its libraries, of which measured 8 MiB are used. */
    private static final long GATEWAY_BYTES = 32L << 20;

    private Volumes() {}

    static List<VolumeRequest> of(FleetSpec spec) {
        ResourceNames names = new ResourceNames(spec.id());
        ContainerUser owner = spec.user();
        Map<String, String> labels = spec.id().labels();
        List<VolumeRequest> volumes = new ArrayList<>();
        volumes.add(VolumeRequest.onDisk(names.kitVolume(owner), labels));
        if (spec.login().hasSecrets()) {
            volumes.add(VolumeRequest.inMemory(names.secretsVolume(owner), labels, owner, SECRETS_BYTES));
        }
        if (spec.login().federation().isPresent()) {
            volumes.add(VolumeRequest.inMemory(names.identityVolume(owner), labels, owner, SECRETS_BYTES));
        }
        if (spec.java().settings().isPresent()) {
            volumes.add(VolumeRequest.inMemory(names.mavenVolume(owner), labels, owner, SECRETS_BYTES));
        }
        if (spec.hasGateway()) {
            volumes.add(VolumeRequest.inMemory(names.gatewayVolume(owner), labels, owner, GATEWAY_BYTES));
        }
        return volumes;
    }
}
