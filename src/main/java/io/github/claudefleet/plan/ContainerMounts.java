package io.github.claudefleet.plan;

import io.github.claudefleet.engine.ImageObservation;
import io.github.claudefleet.engine.Mount;
import io.github.claudefleet.spec.AgentSpec;
import io.github.claudefleet.spec.ContainerPaths;
import io.github.claudefleet.spec.Federation;
import io.github.claudefleet.spec.FleetSpec;
import io.github.claudefleet.spec.Hardening;
import io.github.claudefleet.spec.IdentitySource;
import io.github.claudefleet.spec.LoginMode;
import io.github.claudefleet.spec.MountSpec;
import io.github.claudefleet.spec.Workspace;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Mounts of a fleet's containers: the kit, the credentials, directories of the host, and writable directories. */
record ContainerMounts(FleetSpec spec, ResourceNames names, ImageObservation image) {

    List<Mount> ofAuth() {
        List<Mount> mounts = new ArrayList<>();
        mounts.add(kit(false));
        mounts.addAll(credentials(spec.login().directory(), false));
        spec.login().federation().ifPresent(federation -> mounts.addAll(identity(federation)));
        if (spec.java().settings().isPresent()) {
            mounts.add(mavenSettings(false));
        }
        if (spec.rehearsal().isPresent()) {
            mounts.add(gateway(true));
        }
        mounts.addAll(fromHost(spec.containers().mounts()));
        mounts.addAll(writable(mounts, spec.containers().hardening()));
        if (hasUsers()) {
            mounts.add(users(true));
        }
        return mounts;
    }

    List<Mount> ofGateway() {
        List<Mount> mounts = new ArrayList<>();
        mounts.addAll(credentials(spec.login().directoryForAgents(), true));
        mounts.add(gateway(false));
        mounts.add(new Mount.Scratch("/tmp"));
        return mounts;
    }

    List<Mount> of(AgentSpec agent) {
        List<Mount> mounts = new ArrayList<>();
        mounts.add(kit(true));
        if (!spec.hidesCredential(agent)) {
            mounts.addAll(
                    credentials(spec.login().directoryForAgents(), !spec.login().sharesAll()));
        }
        if (spec.java().settings().isPresent()) {
            mounts.add(mavenSettings(true));
        }
        if (agent.egress().isFenced() || spec.rehearsal().isPresent()) {
            mounts.add(gateway(true));
        }
        spec.java()
                .repository()
                .ifPresent(directory -> mounts.add(new Mount.Directory(directory, ContainerPaths.REPOSITORY, true)));
        mounts.addAll(fromHost(agent.workspace().mounts()));
        if (agent.workspace().isInVolume()) {
            mounts.add(new Mount.Workspace(
                    names.workspaceVolume(agent.name(), spec.containers().user()), Workspace.MOUNT));
        }
        mounts.addAll(fromHost(agent.claude().context().mounts()));
        mounts.addAll(fromHost(spec.containers().mounts()));
        return of(agent, mounts);
    }

    /** Adds what a read-only root file system needs to the mounts of an agent, or of a check of its work. */
    List<Mount> of(AgentSpec agent, List<Mount> mounts) {
        Hardening hardening = agent.hardening(spec.containers().hardening());
        List<Mount> all = new ArrayList<>(mounts);
        all.addAll(writable(mounts, hardening));
        if (hardening.readOnlyRootfs() && hasUsers()) {
            all.add(users(false));
        }
        return all;
    }

    /** Returns true if a container can't have its user's entry in the image's own file, and that is not the host's. */
    private boolean hasUsers() {
        Hardening hardening = spec.containers().hardening();
        boolean isReadOnly = hardening.readOnlyRootfs()
                || spec.agents().stream()
                        .anyMatch(agent -> agent.hardening(hardening).readOnlyRootfs());
        return isReadOnly
                && spec.containers().mounts().stream()
                        .map(MountSpec::target)
                        .noneMatch(target -> target.equals("/etc") || target.equals(Mount.Users.FILE));
    }

    /** The auth container is created first, so it writes the file. */
    private Mount users(boolean writes) {
        return new Mount.Users(names.kitVolume(spec.user()), ContainerPaths.KIT, writes);
    }

    private List<Mount> writable(List<Mount> mounts, Hardening hardening) {
        return new WritableDirectories(image).beside(mounts, hardening);
    }

    private Mount kit(boolean readOnly) {
        return new Mount.Volume(names.kitVolume(spec.containers().user()), ContainerPaths.KIT, readOnly);
    }

    private Mount gateway(boolean readOnly) {
        return new Mount.Volume(names.gatewayVolume(spec.containers().user()), ContainerPaths.GATEWAY, readOnly);
    }

    private Mount mavenSettings(boolean readOnly) {
        return new Mount.Volume(names.mavenVolume(spec.containers().user()), ContainerPaths.MAVEN, readOnly);
    }

    /** Mounts the identity token's volume, and the directory of its file, if it has one. */
    private List<Mount> identity(Federation federation) {
        List<Mount> mounts = new ArrayList<>();
        mounts.add(new Mount.Volume(names.identityVolume(spec.containers().user()), ContainerPaths.IDENTITY, false));
        if (federation.identity() instanceof IdentitySource.TokenFile file) {
            mounts.add(new Mount.Directory(file.path().getParent(), ContainerPaths.IDENTITY_SOURCE, true));
        }
        return mounts;
    }

    /** Mounts the login, a token, a key or an access token. A provider's login comes in other ways. */
    private List<Mount> credentials(Path login, boolean readOnly) {
        List<Mount> mounts = new ArrayList<>();
        if (spec.login().mode() == LoginMode.LOGIN) {
            mounts.add(new Mount.Directory(login, ContainerPaths.LOGIN, readOnly));
        }
        if (spec.login().hasSecrets()) {
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
