package io.github.claudefleet.config;

import io.github.claudefleet.spec.ClusterSpec;
import io.github.claudefleet.spec.InvalidSpecException;
import io.github.claudefleet.spec.MemorySize;
import io.github.claudefleet.spec.PullPolicy;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Configuration of {@code <kubernetes>}: the namespace of a fleet on a cluster, and its pods. */
public class KubernetesConfiguration {

    private String namespace;
    private List<String> imagePullSecrets;
    private Map<String, String> nodeSelector;
    private List<Toleration> tolerations;
    private Requests requests;
    private Map<String, String> labels;
    private String podOverrides;

    /** Configuration of a {@code <toleration>}. */
    public static class Toleration {

        private String key;
        private String value;
        private String effect;

        private ClusterSpec.Toleration toSpec() {
            if (key == null || key.isBlank()) {
                throw new InvalidSpecException(
                        "kubernetes.tolerations",
                        "has one without a key",
                        "Write the key of the taint, as in <key>gpu</key>.");
            }
            return new ClusterSpec.Toleration(key.strip(), Optional.ofNullable(value), Optional.ofNullable(effect));
        }
    }

    /** Configuration of {@code <requests>}. */
    public static class Requests {

        private String memory;
        private String cpus;

        private ClusterSpec.Requests toSpec() {
            return new ClusterSpec.Requests(
                    Optional.ofNullable(memory).map(text -> MemorySize.parse("kubernetes.requests.memory", text)),
                    Optional.ofNullable(cpus).map(Requests::number));
        }

        private static double number(String text) {
            try {
                return Double.parseDouble(text.strip());
            } catch (NumberFormatException e) {
                throw new InvalidSpecException(
                        "kubernetes.requests.cpus",
                        "\"" + text + "\" is not a number",
                        "Use a number of processors such as 0.5 or 2.");
            }
        }
    }

    /**
     * Converts the configuration.
     *
     * @param properties properties for what the pom does not configure
     * @param pull condition under which a node pulls the image
     */
    public ClusterSpec toSpec(PropertySource properties, PullPolicy pull) {
        return new ClusterSpec(
                Optional.ofNullable(properties.or(namespace, "kubernetes.namespace"))
                        .map(String::strip)
                        .filter(name -> !name.isEmpty()),
                secrets(properties),
                new TreeMap<>(nodeSelector == null ? Map.of() : nodeSelector),
                tolerations == null
                        ? List.of()
                        : tolerations.stream().map(Toleration::toSpec).toList(),
                requests == null ? ClusterSpec.Requests.NONE : requests.toSpec(),
                new TreeMap<>(labels == null ? Map.of() : labels),
                Optional.ofNullable(podOverrides).filter(yaml -> !yaml.isBlank()),
                pull);
    }

    private List<String> secrets(PropertySource properties) {
        return imagePullSecrets != null
                ? imagePullSecrets
                : properties.get("kubernetes.imagePullSecrets").stream()
                        .flatMap(names -> Arrays.stream(names.split(",")))
                        .map(String::strip)
                        .filter(name -> !name.isEmpty())
                        .toList();
    }
}
