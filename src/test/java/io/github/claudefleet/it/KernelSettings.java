package io.github.claudefleet.it;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Settings of this machine's kernel that kubelet changes, with their values before. */
final class KernelSettings {

    private static final List<String> CHANGED = List.of("vm/overcommit_memory", "kernel/panic", "kernel/panic_on_oops");

    private final Map<Path, String> values;

    private KernelSettings(Map<Path, String> values) {
        this.values = values;
    }

    /** Reads the values. */
    static KernelSettings read() throws IOException {
        Map<Path, String> values = new TreeMap<>();
        for (String name : CHANGED) {
            Path file = Path.of("/proc/sys", name);
            values.put(file, Files.readString(file).strip());
        }
        return new KernelSettings(values);
    }

    /** Writes the values that were read. */
    void restore() {
        values.forEach((file, value) -> {
            try {
                if (!Files.readString(file).strip().equals(value)) {
                    Files.writeString(file, value);
                }
            } catch (IOException e) {
                throw new UncheckedIOException(file + " can't be set back to " + value, e);
            }
        });
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof KernelSettings settings && settings.values.equals(values);
    }

    @Override
    public int hashCode() {
        return values.hashCode();
    }

    @Override
    public String toString() {
        return values.toString();
    }
}
