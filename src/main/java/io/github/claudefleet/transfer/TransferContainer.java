package io.github.claudefleet.transfer;

import io.github.claudefleet.engine.ContainerEngine;
import io.github.claudefleet.engine.ContainerRequest;
import io.github.claudefleet.engine.Uninterruptibly;
import io.github.claudefleet.engine.UploadFile;
import io.github.claudefleet.engine.VolumeObservation;
import io.github.claudefleet.plan.TransferRequest;
import io.github.claudefleet.spec.ContainerUser;
import io.github.claudefleet.spec.Workspace;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Container by which one volume is filled or read, for the duration of that. */
final class TransferContainer implements AutoCloseable {

    private static final int OPEN = 0755;

    private final ContainerEngine engine;
    private final String id;
    private final ContainerUser owner;

    private TransferContainer(ContainerEngine engine, String id, ContainerUser owner) {
        this.engine = engine;
        this.id = id;
        this.owner = owner;
    }

    /** Creates and starts it, in place of one that a killed build has left. */
    static TransferContainer open(ContainerEngine engine, VolumeObservation volume) {
        ContainerRequest request = TransferRequest.of(volume);
        engine.containers()
                .find(request.name())
                .ifPresent(old -> engine.containers().remove(old.id()));
        TransferContainer container =
                new TransferContainer(engine, engine.containers().create(request), request.user());
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
        engine.files().upload(id, "/", List.of(UploadFile.folder(Workspace.MOUNT.substring(1), OPEN, owner)));
    }

    /** Writes a file to the container, if there is one. */
    void uploadIfThere(Path file, String name) throws IOException {
        if (Files.isRegularFile(file) && Files.size(file) > 0) {
            pieces().upload(file, name);
        }
    }

    @Override
    public void close() {
        Uninterruptibly.run(() -> engine.containers().remove(id));
    }
}
