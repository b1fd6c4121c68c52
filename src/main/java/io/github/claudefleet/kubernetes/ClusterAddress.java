package io.github.claudefleet.kubernetes;

import io.github.claudefleet.spec.InvalidSpecException;
import java.util.Optional;

/**
 * Address of a cluster, as the parameter {@code engine} has it: {@code kubernetes} or {@code kubernetes:CONTEXT}. With a
 * namespace at the end, as in {@code kubernetes:lab?namespace=team}, it leads from another process to the same place.
 *
 * @param context context of the kubeconfig; empty for its current one
 * @param namespace namespace; empty for the configured one
 */
public record ClusterAddress(Optional<String> context, Optional<String> namespace) {

    private static final String SCHEME = "kubernetes";
    private static final String NAMESPACE = "?namespace=";

    /** Returns true if the parameter {@code engine} means a cluster. */
    public static boolean isOne(String engine) {
        String text = engine.strip();
        return text.equals(SCHEME) || text.startsWith(SCHEME + ":");
    }

    /** @throws InvalidSpecException if the text is no address of a cluster */
    static ClusterAddress parse(String engine) {
        String text = engine.strip();
        if (!isOne(text)) {
            throw new InvalidSpecException("engine", "\"" + engine + "\" is no cluster", "Use kubernetes:CONTEXT.");
        }
        String rest = text.substring(Math.min(text.length(), SCHEME.length() + 1));
        int end = rest.lastIndexOf(NAMESPACE);
        return end < 0
                ? new ClusterAddress(given(rest), Optional.empty())
                : new ClusterAddress(given(rest.substring(0, end)), given(rest.substring(end + NAMESPACE.length())));
    }

    private static Optional<String> given(String text) {
        return Optional.of(text).filter(value -> !value.isBlank());
    }

    @Override
    public String toString() {
        return SCHEME + ":" + context.orElse("")
                + namespace.map(name -> NAMESPACE + name).orElse("");
    }
}
