package io.github.claudefleet.image;

import io.github.claudefleet.runtime.KitResources;
import io.github.claudefleet.spec.PluginFile;
import java.util.Arrays;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/** Files from which the bundled image is built. They are part of the plugin's own jar. */
final class Recipe {

    static final String DOCKERFILE = "image/Dockerfile";

    private Recipe() {}

    /**
     * Returns each file's content by its path in the build context. The kit's scripts serve an image without the
     * plugin.
     *
     * @param java true if the image has a JDK and Maven
     */
    static SortedMap<String, byte[]> files(boolean java) {
        SortedMap<String, byte[]> files = new TreeMap<>();
        for (String name : List.of("Dockerfile", "install.sh", "entrypoint.sh")) {
            files.put("image/" + name, read(name));
        }
        if (java) {
            files.put(DOCKERFILE, joined(read("Dockerfile"), read("java.Dockerfile")));
        }
        for (String name : List.of(
                "agent.sh",
                "fence.sh",
                "run.sh",
                "instructions.sh",
                "signal.sh",
                "keeper.sh",
                "keeper-loop.sh",
                "renew.sh",
                "expose.sh",
                "settle.sh",
                "health.sh",
                "claude.json")) {
            files.put("runtime/" + name, KitResources.read(name));
        }
        return files;
    }

    private static byte[] joined(byte[] first, byte[] second) {
        byte[] both = Arrays.copyOf(first, first.length + second.length);
        System.arraycopy(second, 0, both, first.length, second.length);
        return both;
    }

    private static byte[] read(String name) {
        return PluginFile.read(Recipe.class, name);
    }
}
