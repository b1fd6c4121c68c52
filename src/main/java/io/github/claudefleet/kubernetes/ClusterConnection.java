package io.github.claudefleet.kubernetes;

import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.VersionInfo;
import io.fabric8.kubernetes.client.jdkhttp.JdkHttpClientFactory;
import io.github.claudefleet.engine.EngineException;
import io.github.claudefleet.engine.EngineException.Kind;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/** Connection to one namespace of a cluster. */
final class ClusterConnection implements AutoCloseable {

    private static final int RETRIES = 3;
    private static final Duration RETRY_PAUSE = Duration.ofMillis(250);

    private final KubernetesClient client;
    private final String namespace;

    private ClusterConnection(KubernetesClient client, String namespace) {
        this.client = client;
        this.namespace = namespace;
    }

    /**
     * Connects as a kubeconfig says. No call is made yet.
     *
     * @param context context of the kubeconfig; empty for its current one
     * @param namespace namespace; empty for that of the context, or else {@code default}
     * @param timeout limit of each call
     */
    static ClusterConnection open(
            Path kubeconfig, Optional<String> context, Optional<String> namespace, Duration timeout) {
        return open(Config.fromKubeconfig(context.orElse(null), kubeconfig.toFile()), namespace, timeout);
    }

    /**
     * Connects as the client finds it: by the files of {@code KUBECONFIG}, by {@code ~/.kube/config}, or in a pod by its
     * service account. No call is made yet.
     */
    static ClusterConnection find(Optional<String> context, Optional<String> namespace, Duration timeout) {
        return open(Config.autoConfigure(context.orElse(null)), namespace, timeout);
    }

    private static ClusterConnection open(Config found, Optional<String> namespace, Duration timeout) {
        String used =
                namespace.or(() -> Optional.ofNullable(found.getNamespace())).orElse("default");
        Config config = new ConfigBuilder(found)
                .withNamespace(used)
                .withConnectionTimeout(Math.toIntExact(timeout.toMillis()))
                .withRequestTimeout(Math.toIntExact(timeout.toMillis()))
                .withRequestRetryBackoffLimit(RETRIES)
                .withRequestRetryBackoffInterval(Math.toIntExact(RETRY_PAUSE.toMillis()))
                .build();
        KubernetesClient client = new KubernetesClientBuilder()
                .withConfig(config)
                .withHttpClientFactory(new JdkHttpClientFactory())
                .build();
        return new ClusterConnection(client, used);
    }

    /**
     * Asks the cluster for its version.
     *
     * @throws EngineException if it does not tell one, as a proxy or another server
     */
    String version() {
        return Optional.ofNullable(errors().call("connect", client::getKubernetesVersion))
                .map(VersionInfo::getGitVersion)
                .orElseThrow(() -> new EngineException(
                        Kind.FAILED,
                        "connect",
                        "the server at " + client.getMasterUrl() + " is no API server: it has no /version",
                        "See whether kubectl version works with the same kubeconfig, and correct its server.",
                        null));
    }

    KubernetesClient client() {
        return client;
    }

    String namespace() {
        return namespace;
    }

    ApiErrors errors() {
        return new ApiErrors(client.getMasterUrl().toString(), namespace);
    }

    @Override
    public void close() {
        client.close();
    }
}
