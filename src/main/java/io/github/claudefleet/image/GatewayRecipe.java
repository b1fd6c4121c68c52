package io.github.claudefleet.image;

import io.github.claudefleet.spec.PluginFile;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/** Files from which the gateway's image is built. They are part of the plugin's own jar. */
final class GatewayRecipe {

    static final String DOCKERFILE = "Dockerfile";

    private static final List<String> NAMES = List.of(
            DOCKERFILE,
            "install.sh",
            "package.json",
            "package-lock.json",
            "relay.sh",
            "start.sh",
            "address.mjs",
            "authority.mjs",
            "certificates.mjs",
            "credential.mjs",
            "decision.mjs",
            "gateway.mjs",
            "guards.mjs",
            "host.mjs",
            "library.mjs",
            "log.mjs",
            "places.mjs",
            "policy.mjs",
            "policy-watch.mjs",
            "presets.mjs",
            "proxy.mjs",
            "record-presets.mjs",
            "relay.mjs",
            "sockets.mjs",
            "stand-in.mjs",
            "tls-port.mjs",
            "upstream.mjs");

    private GatewayRecipe() {}

    /** Returns each file's content by its path in the build context. */
    static SortedMap<String, byte[]> files() {
        SortedMap<String, byte[]> files = new TreeMap<>();
        NAMES.forEach(name ->
                files.put(name, PluginFile.read(GatewayRecipe.class, "/io/github/claudefleet/gateway/" + name)));
        return files;
    }
}
