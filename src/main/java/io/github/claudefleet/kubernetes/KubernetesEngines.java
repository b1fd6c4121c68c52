package io.github.claudefleet.kubernetes;

import io.fabric8.kubernetes.api.model.NamedContext;
import io.github.claudefleet.engine.ContainerEngine;
import io.github.claudefleet.engine.EngineCapability;
import io.github.claudefleet.engine.EngineException;
import io.github.claudefleet.engine.EngineInfo;
import io.github.claudefleet.engine.UserMapping;
import io.github.claudefleet.spec.ClusterSpec;
import io.github.claudefleet.spec.InvalidSpecException;
import java.io.File;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Entry point that connects to a cluster. */
public final class KubernetesEngines {

    private static final String KUBECONFIG = "KUBECONFIG";

    private KubernetesEngines() {}

    /**
     * Connects to the namespace of a cluster.
     *
     * @param engine parameter {@code engine}, such as {@code kubernetes:lab}
     * @param environment environment variables of the process
     * @param limit time limit of each call
     * @throws InvalidSpecException if the kubeconfig does not have the context
     * @throws EngineException if the cluster does not answer
     */
    public static ContainerEngine connect(
            String engine, Map<String, String> environment, Duration limit, ClusterSpec spec) {
        ClusterAddress address = ClusterAddress.parse(engine);
        Optional<String> namespace = address.namespace().or(spec::namespace);
        ClusterConnection connection = kubeconfig(environment)
                .map(file -> ClusterConnection.open(file, address.context(), namespace, limit))
                .orElseGet(() -> ClusterConnection.find(address.context(), namespace, limit));
        try {
            address.context().ifPresent(context -> checkContext(context, connection));
            return new KubernetesEngine(connection, info(connection, address), spec);
        } catch (EngineException | InvalidSpecException e) {
            connection.close();
            throw e;
        }
    }

    /** Returns information without processors and memory: users of a namespace need not see the nodes. */
    private static EngineInfo info(ClusterConnection connection, ClusterAddress address) {
        ClusterAddress complete = new ClusterAddress(address.context(), Optional.of(connection.namespace()));
        return new EngineInfo(
                complete.toString(),
                connection.version(),
                "v1",
                0,
                0,
                Optional.empty(),
                UserMapping.SAME,
                Set.of(),
                false,
                Set.of(EngineCapability.RESTART_POLICIES));
    }

    /** Returns the file that {@code KUBECONFIG} names; empty if it names none, or several, which the client merges. */
    private static Optional<Path> kubeconfig(Map<String, String> environment) {
        return Optional.ofNullable(environment.get(KUBECONFIG))
                .filter(value -> !value.isBlank() && !value.contains(File.pathSeparator))
                .map(Path::of);
    }

    private static void checkContext(String context, ClusterConnection connection) {
        List<String> known =
                Optional.ofNullable(connection.client().getConfiguration().getContexts()).orElse(List.of()).stream()
                        .map(NamedContext::getName)
                        .toList();
        if (!known.contains(context)) {
            throw new InvalidSpecException(
                    "engine",
                    "names the context " + context + ", and the kubeconfig has "
                            + (known.isEmpty() ? "none" : String.join(", ", known)),
                    "Use one of those: kubectl config get-contexts lists them.");
        }
    }
}
