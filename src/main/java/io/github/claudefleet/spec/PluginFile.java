package io.github.claudefleet.spec;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/** Files in the plugin's own jar. */
public final class PluginFile {

    private PluginFile() {}

    /**
     * Reads a file's content.
     *
     * @param owner class in whose package the file is
     * @param name name of the file, or its absolute path in the jar
     */
    public static byte[] read(Class<?> owner, String name) {
        try (InputStream in = owner.getResourceAsStream(name)) {
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException("the plugin's own file " + name + " can't be read", e);
        }
    }

    /** Reads a file of text. */
    public static String text(Class<?> owner, String name) {
        return new String(read(owner, name), StandardCharsets.UTF_8);
    }
}
