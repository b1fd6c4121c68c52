package io.github.claudefleet.runtime;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;

/** Files of the kit in the plugin's own jar. */
public final class KitResources {

    private KitResources() {}

    /**
     * Reads a file's content.
     *
     * @param name such as {@code agent.sh}
     */
    public static byte[] read(String name) {
        try (InputStream in = KitResources.class.getResourceAsStream(name)) {
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException("the plugin's own file " + name + " can't be read", e);
        }
    }
}
