package io.github.claudefleet.plan;

import io.github.claudefleet.engine.Mount;
import io.github.claudefleet.spec.AgentSpec;
import io.github.claudefleet.spec.ContainerPaths;
import io.github.claudefleet.spec.FleetSpec;
import io.github.claudefleet.spec.LoginMode;
import io.github.claudefleet.spec.MountSpec;
import java.util.ArrayList;
import java.util.List;

/** Mounts of a fleet's containers: the kit, the credentials and directories of the host. */
record ContainerMounts(FleetSpec spec, ResourceNames names) {

    List<Mount> ofAuth() {
        List<Mount> mounts = new ArrayList<>();
        mounts.add(kit(false));
        mounts.addAll(credentials(false));
        mounts.addAll(fromHost(spec.containers().mounts()));
        return mounts;
    }

    List<Mount> of(AgentSpec agent) {
        List<Mount> mounts = new ArrayList<>();
        mounts.add(kit(true));
        mounts.addAll(credentials(!spec.login().sharesAll()));
        spec.java()
                .repository()
                .ifPresent(directory -> mounts.add(new Mount.Directory(directory, ContainerPaths.REPOSITORY, true)));
        mounts.addAll(fromHost(agent.workspace().mounts()));
        mounts.addAll(fromHost(agent.claude().context().mounts()));
        mounts.addAll(fromHost(spec.containers().mounts()));
        return mounts;
    }

    private Mount kit(boolean readOnly) {
        return new Mount.Volume(names.kitVolume(spec.containers().user()), ContainerPaths.KIT, readOnly);
    }

    /** Mounts the login, a token or key, or Maven's passwords. A provider's login comes in other ways. */
    private List<Mount> credentials(boolean readOnly) {
        List<Mount> mounts = new ArrayList<>();
        if (spec.login().mode() == LoginMode.LOGIN) {
            mounts.add(new Mount.Directory(spec.login().directory(), ContainerPaths.LOGIN, readOnly));
        }
        if (spec.hasSecrets()) {
            mounts.add(
                    new Mount.Volume(names.secretsVolume(spec.containers().user()), ContainerPaths.SECRETS, readOnly));
        }
        return mounts;
    }

    private static List<Mount> fromHost(List<MountSpec> mounts) {
        return mounts.stream()
                .<Mount>map(mount -> new Mount.Directory(mount.source(), mount.target(), mount.readOnly()))
                .toList();
    }
}
