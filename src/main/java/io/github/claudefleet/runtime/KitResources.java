package io.github.claudefleet.runtime;

import io.github.claudefleet.spec.PluginFile;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Files of the kit in the plugin's own jar. */
public final class KitResources {

    private KitResources() {}

    /**
     * Reads a file's content.
     *
     * @param name such as {@code agent.sh}
     */
    public static byte[] read(String name) {
        return PluginFile.read(KitResources.class, name);
    }

    /**
     * Returns the command that runs a script of the kit by {@code sh -c}, for a container that has no kit yet. The
     * script's comments are left out, because the command shows in {@code docker inspect} and in process lists.
     *
     * @param name such as {@code await-kit.sh}
     * @param arguments of the script
     */
    public static List<String> inlined(String name, String... arguments) {
        String script = new String(read(name), StandardCharsets.UTF_8)
                .lines()
                .filter(line -> !line.isBlank() && !line.stripLeading().startsWith("#"))
                .collect(Collectors.joining("\n"));
        return Stream.concat(Stream.of("/bin/sh", "-c", script, name), Stream.of(arguments))
                .toList();
    }
}
