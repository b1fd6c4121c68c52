package io.github.claudefleet.transfer;

import io.github.claudefleet.engine.ContainerEngine;
import io.github.claudefleet.engine.EngineException;
import io.github.claudefleet.engine.LabelSelector;
import io.github.claudefleet.engine.VolumeObservation;
import io.github.claudefleet.spec.FileProblem;
import io.github.claudefleet.spec.Labels;
import io.github.claudefleet.workspace.GitException;
import io.github.claudefleet.workspace.OutgoingBundle;
import io.github.claudefleet.workspace.TransferredWorkspace;
import io.github.claudefleet.workspace.WorkspaceLayout;
import io.github.claudefleet.workspace.WorkspaceRefresh;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/** Sends agents' workspaces to the volumes of an engine, and fetches them from there. */
public final class WorkspaceTransfers implements WorkspaceRefresh {

    private static final String BUNDLE = "workspace.bundle";

    private final ContainerEngine engine;

    public WorkspaceTransfers(ContainerEngine engine) {
        this.engine = engine;
    }

    /** Part of a volume that is fetched. */
    private enum Part {
        ALL,
        FILES
    }

    /** Transfer that may fail. */
    @FunctionalInterface
    private interface Work {
        void run(TransferContainer container, VolumeObservation volume) throws IOException;
    }

    /**
     * Makes the volume of a workspace what is on this machine.
     *
     * @throws GitException if that fails
     */
    public void send(WorkspaceLayout place) {
        TransferredWorkspace workspace = TransferredWorkspace.at(place)
                .orElseThrow(() ->
                        new IllegalStateException("agent " + place.agent() + " has no workspace that could be sent"));
        transfer(place, "sent to", (container, volume) -> {
            OutgoingBundle bundle = workspace.pack();
            container.own();
            container.uploadIfThere(bundle.shallow(), "shallow");
            container.pieces().upload(bundle.file(), BUNDLE);
            container.script().runOnce("unpack", bundle.format(), BUNDLE, bundle.files(), bundle.git());
            workspace.discard(bundle);
            workspace.sent();
            container.filled();
        });
    }

    /**
     * Moves a workspace whose agent has not worked yet, and sends it if it has changed.
     *
     * @param move moves the workspace on this machine
     * @return result of the move
     */
    public <T> T move(WorkspaceLayout place, Supplier<T> move) {
        Optional<TransferredWorkspace> before = TransferredWorkspace.at(place);
        if (before.isEmpty() || !TransferredWorkspace.isTransferred(place)) {
            return move.get();
        }
        boolean unsent = !TransferredWorkspace.isAway(place);
        fetch(place);
        // If this process is killed from here on, the next one sends what is on this machine.
        before.get().keepHere();
        T result = move.get();
        TransferredWorkspace after = TransferredWorkspace.at(place).orElseThrow();
        if (unsent || !after.base().equals(before.get().base())) {
            send(place);
        } else {
            after.sent();
        }
        return result;
    }

    /** Adds a branch of the user's repository to the git directory of an agent. */
    public void sendBranch(WorkspaceLayout place, String branch) {
        if (TransferredWorkspace.isAway(place)) {
            TransferredWorkspace.at(place)
                    .flatMap(workspace -> workspace.pack(branch))
                    .ifPresent(bundle -> transfer(place, "sent to", (container, volume) -> {
                        container.pieces().upload(bundle.file(), BUNDLE);
                        container.script().runOnce("add", BUNDLE, bundle.branch(), bundle.commit());
                        Files.delete(bundle.file());
                    }));
        }
    }

    /** Makes the workspace on this machine what is in its volume, if the agent has its files there. */
    @Override
    public void fetch(WorkspaceLayout place) {
        if (TransferredWorkspace.isAway(place)) {
            TransferredWorkspace.at(place)
                    .ifPresent(workspace -> transfer(
                            place, "fetched from", (container, volume) -> fetch(workspace, container, volume)));
        }
    }

    /** Fetches files and commits; if git refuses the commits, the files alone. */
    private static void fetch(TransferredWorkspace workspace, TransferContainer container, VolumeObservation volume)
            throws IOException {
        TransferredWorkspace.Request request = workspace.request();
        container.uploadIfThere(request.shallow(), "shallow");
        container.uploadIfThere(request.exclude(), "exclude");
        try {
            fetch(workspace, request, container, volume, Part.ALL, List.of());
        } catch (GitException | TransferFailedException e) {
            fetch(
                    workspace,
                    request,
                    container,
                    volume,
                    Part.FILES,
                    List.of("its commits were not fetched: " + e.getMessage()));
        }
    }

    private static void fetch(
            TransferredWorkspace workspace,
            TransferredWorkspace.Request request,
            TransferContainer container,
            VolumeObservation volume,
            Part part,
            List<String> reasons)
            throws IOException {
        Files.deleteIfExists(request.bundle());
        String output = container
                .script()
                .runOnce(
                        "pack",
                        request.format(),
                        BUNDLE,
                        request.base().orElse(OutgoingBundle.NO_GIT),
                        request.sent(),
                        part == Part.ALL ? "all" : "files");
        PackedVolume packed = PackedVolume.parse(output, volume.name());
        container.pieces().download(BUNDLE, packed.length(), packed.sum(), request.bundle());
        List<String> warnings = new ArrayList<>(reasons);
        warnings.addAll(packed.left());
        workspace.take(packed.bundle(request.bundle()), warnings);
    }

    private void transfer(WorkspaceLayout place, String direction, Work work) {
        TransferredWorkspace.exclusively(place, () -> {
            try {
                VolumeObservation volume = volume(place);
                try (TransferContainer container = TransferContainer.open(engine, volume)) {
                    work.run(container, volume);
                }
                return volume;
            } catch (IOException io) {
                throw failed(place, direction, FileProblem.of(io), io);
            } catch (GoneException e) {
                throw new LostWorkspaceException(
                        "the workspace of agent " + place.agent() + " is lost since it was fetched last: "
                                + e.getMessage(),
                        e);
            } catch (EngineException | TransferFailedException | GitException e) {
                throw failed(place, direction, e.getMessage(), e);
            }
        });
    }

    /**
     * Fetches a workspace whose volume is about to be removed or filled anew.
     *
     * @throws LostWorkspaceException if there is nothing left to fetch
     */
    public void fetchForTheLastTime(WorkspaceLayout place) {
        try {
            fetch(place);
        } catch (LostWorkspaceException e) {
            TransferredWorkspace.at(place).ifPresent(TransferredWorkspace::keepHere);
            throw e;
        }
        TransferredWorkspace.at(place).ifPresent(TransferredWorkspace::keepHere);
    }

    /** Returns the places of workspaces on this machine by the names of their volumes; others are left out. */
    public Map<String, WorkspaceLayout> places(Collection<String> volumes) {
        Map<String, WorkspaceLayout> places = new LinkedHashMap<>();
        if (!volumes.isEmpty()) {
            engine.volumes().list(new LabelSelector(Labels.WORKSPACE, Optional.empty())).stream()
                    .filter(volume -> volumes.contains(volume.name()))
                    .forEach(volume -> places.put(
                            volume.name(),
                            new WorkspaceLayout(Path.of(volume.labels().get(Labels.WORKSPACE)))));
        }
        return places;
    }

    private VolumeObservation volume(WorkspaceLayout place) {
        return engine
                .volumes()
                .list(new LabelSelector(
                        Labels.WORKSPACE, Optional.of(place.directory().toString())))
                .stream()
                // Volumes without a name have the labels of the agent's container.
                .filter(volume -> !volume.labels().containsKey(Labels.CONTAINER))
                .findFirst()
                .orElseThrow(() -> new TransferFailedException("the engine at "
                        + engine.info().address()
                        + " has no volume of it; name the one that has, with -Dclaude-fleet.engine"));
    }

    private static GitException failed(WorkspaceLayout place, String direction, String reason, Exception cause) {
        return new GitException(
                "the workspace of agent " + place.agent() + " was not " + direction + " its engine: " + reason, cause);
    }
}
