package io.github.claudefleet.workspace;

import io.github.claudefleet.spec.FileProblem;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import java.util.stream.Stream;

/**
 * Record of a workspace's transfers.
 *
 * @param state place of its newest files
 * @param warnings reasons why parts of the volume are not on this machine
 */
record TransferRecord(State state, List<String> warnings) {

    /** Place of the newest files. */
    enum State {
        /** On this machine: they are being sent, or were fetched for the last time. */
        HERE,
        /** In the engine's volume, where the agent works on them. */
        AWAY
    }

    /** Returns the record of a workspace; empty if it was never transferred. */
    static Optional<TransferRecord> in(WorkspaceLayout place) {
        if (!Files.isRegularFile(place.transferred())) {
            return Optional.empty();
        }
        Properties record = new Properties();
        try (var in = Files.newBufferedReader(place.transferred(), StandardCharsets.UTF_8)) {
            record.load(in);
            return Optional.of(new TransferRecord(
                    State.valueOf(record.getProperty("state", State.HERE.name())),
                    Stream.of(record.getProperty("warnings", "").split("\n"))
                            .filter(line -> !line.isEmpty())
                            .toList()));
        } catch (IOException e) {
            throw new UncheckedIOException(place.transferred() + " can't be read: " + FileProblem.of(e), e);
        }
    }

    void store(WorkspaceLayout place) {
        Properties record = new Properties();
        record.setProperty("state", state.name());
        record.setProperty("warnings", String.join("\n", warnings));
        try {
            WorkspaceRecord.write(place.transferred(), record);
        } catch (IOException e) {
            throw new UncheckedIOException(place.transferred() + " can't be written: " + FileProblem.of(e), e);
        }
    }
}
