package io.github.claudefleet.engines;

import io.github.claudefleet.docker.DockerEngines;
import io.github.claudefleet.engine.ContainerEngine;
import io.github.claudefleet.engine.EngineException;
import io.github.claudefleet.kubernetes.ClusterAddress;
import io.github.claudefleet.kubernetes.KubernetesEngines;
import io.github.claudefleet.spec.ClusterSpec;
import io.github.claudefleet.spec.HomeDirectory;
import io.github.claudefleet.spec.InvalidSpecException;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/** Entry point that connects to an engine: a Docker Engine, Podman, or a namespace of a Kubernetes cluster. */
public final class Engines {

    /** Version of the client of Kubernetes that the plugin was built with. */
    static final String CLIENT_VERSION = "8.0.0";

    private static final String CLIENT = "io.fabric8.kubernetes.client.KubernetesClient";
    private static final String HTTP_CLIENT = "io.fabric8.kubernetes.client.jdkhttp.JdkHttpClientFactory";

    private static final Duration DEFAULT_LIMIT = Duration.ofSeconds(60);

    private Engines() {}

    /**
     * Connects to the engine of another process's address.
     *
     * @param address address as {@code EngineInfo} has it
     */
    public static ContainerEngine connect(
            Optional<String> address, Map<String, String> environment, HomeDirectory home) {
        return connect(address, environment, home, DEFAULT_LIMIT, warning -> {}, ClusterSpec.DEFAULT);
    }

    /**
     * Connects to the engine that the parameter names; without one, to a Docker Engine that is found.
     *
     * @param engine parameter {@code engine}, such as {@code unix:///var/run/docker.sock} or {@code kubernetes:lab}
     * @param environment environment variables of the process
     * @param home user's home directory
     * @param limit time limit of each call, except those that take longer by nature
     * @param warnings receiver of warnings about unusable configuration
     * @param cluster settings of pods, if it is a cluster
     * @throws InvalidSpecException if an address or context is wrong, or the client of Kubernetes is missing
     * @throws EngineException if no engine answers
     */
    public static ContainerEngine connect(
            Optional<String> engine,
            Map<String, String> environment,
            HomeDirectory home,
            Duration limit,
            Consumer<String> warnings,
            ClusterSpec cluster) {
        if (engine.filter(Engines::isCluster).isEmpty()) {
            return DockerEngines.connect(engine, environment, home, limit, warnings);
        }
        requireClient(Engines.class.getClassLoader());
        return KubernetesEngines.connect(engine.get(), environment, limit, cluster);
    }

    private static boolean isCluster(String engine) {
        return ClusterAddress.isOne(engine);
    }

    /** Checks for the client before a class that needs it is loaded. */
    static void requireClient(ClassLoader loader) {
        try {
            Class.forName(CLIENT, false, loader);
            Class.forName(HTTP_CLIENT, false, loader);
        } catch (ClassNotFoundException e) {
            throw new InvalidSpecException(
                    "engine", "is kubernetes, whose client the plugin does not have", """
                    Add it to the plugin's element in the pom:
                      <dependencies>
                        <dependency>
                          <groupId>io.fabric8</groupId>
                          <artifactId>kubernetes-client</artifactId>
                          <version>%1$s</version>
                        </dependency>
                        <dependency>
                          <groupId>io.fabric8</groupId>
                          <artifactId>kubernetes-httpclient-jdk</artifactId>
                          <version>%1$s</version>
                        </dependency>
                      </dependencies>""".formatted(CLIENT_VERSION));
        }
    }
}
