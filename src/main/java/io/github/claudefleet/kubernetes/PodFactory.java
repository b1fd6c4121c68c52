package io.github.claudefleet.kubernetes;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.HostAlias;
import io.fabric8.kubernetes.api.model.OwnerReference;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.PodSecurityContext;
import io.fabric8.kubernetes.api.model.PodSecurityContextBuilder;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.PodSpecBuilder;
import io.fabric8.kubernetes.api.model.Probe;
import io.fabric8.kubernetes.api.model.ProbeBuilder;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.ResourceRequirements;
import io.github.claudefleet.engine.ContainerRequest;
import io.github.claudefleet.engine.HealthCheck;
import io.github.claudefleet.spec.ContainerUser;
import io.github.claudefleet.spec.Hardening;
import io.github.claudefleet.spec.InvalidSpecException;
import io.github.claudefleet.spec.ResourceLimits;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Turns a request for a container into a Pod that keeps to the pod security standard "restricted". */
final class PodFactory {

    /** Name of the container of a request. */
    static final String CONTAINER = "main";

    /** Processors of a container for which none were requested. */
    private static final double DEFAULT_CPUS = 2;
    /** Processors that a node must have left: agents mostly wait for answers. */
    private static final double LEAST_CPUS = 0.1;

    private static final int CHECK_SECONDS = 60;
    private static final int CHECK_LIMIT = 30;

    private PodFactory() {}

    /**
     * Returns the pod for a request.
     *
     * @param mounts volumes of the pod
     * @param owner object with which it ends
     * @param creation random text for this creation
     * @throws InvalidSpecException if the request asks for something that the standard forbids
     */
    static Pod pod(ContainerRequest request, PodMounts mounts, Optional<OwnerReference> owner, String creation) {
        return new PodBuilder()
                .withMetadata(ObjectLabels.metadata(request.name(), request.labels(), owner, creation))
                .editMetadata()
                .addToLabels(mounts.workspace().map(Transfers::labels).orElse(Map.of()))
                .addToLabels(FencePolicies.labels(request.network()))
                .endMetadata()
                .withSpec(spec(request, mounts))
                .build();
    }

    /** Returns a pod that no scheduler takes: it has no node and runs nothing, but counts in a quota, with next to nothing. */
    static PodSpec placeholder() {
        Map<String, Quantity> least = Quantities.of(1 << 20, 0.001);
        return new PodSpecBuilder()
                .withSchedulerName("claude-fleet-none")
                .withRestartPolicy("Never")
                .withAutomountServiceAccountToken(false)
                .withSecurityContext(podSecurity(ContainerUser.FOR_ROOT))
                .addNewContainer()
                .withName(CONTAINER)
                .withImage("none")
                .withResources(Quantities.resources(least, least))
                .withSecurityContext(ContainerSecurity.of(Hardening.DEFAULT))
                .endContainer()
                .build();
    }

    private static PodSpec spec(ContainerRequest request, PodMounts mounts) {
        Hardening hardening = request.hardening();
        PodSpecBuilder spec = new PodSpecBuilder()
                .withRestartPolicy(request.restartPolicy().restarted() ? "Always" : "Never")
                .withAutomountServiceAccountToken(false)
                .withEnableServiceLinks(false)
                // The first process of a pod's shared namespace reaps orphans, as an init process does. It would also
                // let an agent reach the process that reads its workspace.
                .withShareProcessNamespace(
                        hardening.init() && mounts.workspace().isEmpty())
                .withSecurityContext(podSecurity(request.user()))
                .withHostAliases(hosts(request.network().extraHosts()))
                .withVolumes(mounts.volumes())
                .withContainers(container(request, mounts));
        mounts.workspace().ifPresent(workspace -> Transfers.add(spec, request, workspace));
        mounts.copies().forEach(copy -> spec.addToInitContainers(copy.container()));
        FencePolicies.addResolver(spec, request.network());
        hardening.runtime().ifPresent(spec::withRuntimeClassName);
        request.restartPolicy()
                .stopGrace()
                .ifPresent(grace -> spec.withTerminationGracePeriodSeconds(grace.toSeconds()));
        return spec.build();
    }

    private static PodSecurityContext podSecurity(ContainerUser user) {
        return new PodSecurityContextBuilder()
                .withRunAsNonRoot(true)
                .withRunAsUser((long) user.uid())
                .withRunAsGroup((long) user.gid())
                .withFsGroup((long) user.gid())
                .withNewSeccompProfile()
                .withType("RuntimeDefault")
                .endSeccompProfile()
                .build();
    }

    private static Container container(ContainerRequest request, PodMounts mounts) {
        return ContainerSecurity.container(CONTAINER, request, request.command(), request.hardening())
                .withWorkingDir(request.workingDirectory())
                .withEnv(environment(request.environment()))
                .withVolumeMounts(mounts.mounts())
                .withResources(resources(request.limits()))
                .withReadinessProbe(
                        request.lifecycle().health().map(PodFactory::probe).orElse(null))
                .build();
    }

    private static ResourceRequirements resources(ResourceLimits limits) {
        double cpus = limits.cpus().orElse(DEFAULT_CPUS);
        long bytes = limits.memory().bytes();
        return Quantities.resources(
                Quantities.of(bytes, cpus),
                Quantities.of(Math.min(bytes, limits.least().memory().bytes()), Math.min(cpus, LEAST_CPUS)));
    }

    private static List<EnvVar> environment(Map<String, String> variables) {
        // The cluster would replace $(NAME) in a value; a doubled dollar stays one.
        return variables.entrySet().stream()
                .map(variable ->
                        new EnvVar(variable.getKey(), variable.getValue().replace("$(", "$$("), null))
                .toList();
    }

    private static List<HostAlias> hosts(List<String> lines) {
        return lines.stream().map(PodFactory::host).toList();
    }

    private static HostAlias host(String line) {
        int colon = line.indexOf(':');
        String address = line.substring(colon + 1);
        if (address.equals("host-gateway")) {
            throw new InvalidSpecException(
                    "extraHosts", "can't have host-gateway on Kubernetes (" + line + ")", "Write an address.");
        }
        return new HostAlias(List.of(line.substring(0, colon)), address);
    }

    private static Probe probe(HealthCheck health) {
        return new ProbeBuilder()
                .withNewExec()
                .withCommand(health.command())
                .endExec()
                .withPeriodSeconds(CHECK_SECONDS)
                .withTimeoutSeconds(CHECK_LIMIT)
                .build();
    }
}
