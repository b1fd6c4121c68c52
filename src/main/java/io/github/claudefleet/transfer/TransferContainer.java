package io.github.claudefleet.transfer;

import io.github.claudefleet.engine.ContainerEngine;
import io.github.claudefleet.engine.ContainerRequest;
import io.github.claudefleet.engine.EngineException;
import io.github.claudefleet.engine.EngineException.Kind;
import io.github.claudefleet.engine.Uninterruptibly;
import io.github.claudefleet.engine.UploadFile;
import io.github.claudefleet.engine.VolumeObservation;
import io.github.claudefleet.plan.TransferRequest;
import io.github.claudefleet.runtime.TransferProgram;
import io.github.claudefleet.spec.ContainerUser;
import io.github.claudefleet.spec.Labels;
import io.github.claudefleet.spec.Workspace;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * Container by which one volume is filled or read: one that is beside the container that uses the volume, or else one that
 * is created for the duration of that.
 */
final class TransferContainer implements AutoCloseable {

    private static final int OPEN = 0755;

    private final ContainerEngine engine;
    private final VolumeObservation volume;
    private final String id;
    private final ContainerUser owner;
    private final boolean isOwn;

    private TransferContainer(ContainerEngine engine, VolumeObservation volume, String id, boolean isOwn) {
        this.engine = engine;
        this.volume = volume;
        this.id = id;
        this.owner = ContainerUser.parse(volume.labels().get(Labels.USER));
        this.isOwn = isOwn;
    }

    /**
     * Finds it, or creates and starts it.
     *
     * @throws GoneException if the volume's files are gone
     */
    static TransferContainer open(ContainerEngine engine, VolumeObservation volume) {
        return TransferScript.repeated(() -> beside(engine, volume))
                .map(id -> new TransferContainer(engine, volume, id, false))
                .orElseGet(() -> TransferScript.repeated(() -> create(engine, volume)));
    }

    private static Optional<String> beside(ContainerEngine engine, VolumeObservation volume) {
        try {
            return engine.containers().beside(volume.name());
        } catch (EngineException e) {
            throw e.kind() == Kind.NOT_FOUND ? new GoneException(e) : e;
        }
    }

    /** Creates and starts it, in place of one that a killed build, or a call without an answer, has left. */
    private static TransferContainer create(ContainerEngine engine, VolumeObservation volume) {
        ContainerRequest request = TransferRequest.of(volume);
        engine.containers()
                .find(request.name())
                .ifPresent(old -> engine.containers().remove(old.id()));
        TransferContainer container =
                new TransferContainer(engine, volume, engine.containers().create(request), true);
        try {
            engine.containers().start(container.id);
            return container;
        } catch (RuntimeException e) {
            container.close();
            throw e;
        }
    }

    TransferScript script() {
        return new TransferScript(engine, id);
    }

    Pieces pieces() {
        return new Pieces(script(), Pieces.SIZE);
    }

    /** Gives the volume to the containers' user. A new one belongs to root, or to the owner of the image's directory. */
    void own() {
        if (!isOwn) {
            return;
        }
        List<UploadFile> folder = List.of(UploadFile.folder(Workspace.MOUNT.substring(1), OPEN, owner));
        TransferScript.repeated(() -> {
            engine.files().upload(id, "/", folder);
            return folder;
        });
    }

    /** Writes a file to the container, if there is one. */
    void uploadIfThere(Path file, String name) throws IOException {
        if (Files.isRegularFile(file) && Files.size(file) > 0) {
            pieces().upload(file, name);
        }
    }

    /**
     * Lets the container start that uses the volume. This container ends thereby, often before its answer has come, and
     * another is in its place then.
     */
    void filled() {
        if (!isOwn) {
            TransferScript.repeated(this::isFilled);
        }
    }

    private boolean isFilled() {
        try {
            script().runNow(TransferProgram.FILLED);
            return true;
        } catch (EngineException | TransferFailedException e) {
            if (beside(engine, volume).filter(id::equals).isPresent()) {
                throw new EngineException(
                        Kind.UNREACHABLE, "start the user of volume " + volume.name(), e.getMessage(), "", e);
            }
            return true;
        }
    }

    @Override
    public void close() {
        if (isOwn) {
            Uninterruptibly.run(() -> engine.containers().remove(id));
        }
    }
}
