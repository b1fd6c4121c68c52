package io.github.claudefleet.it;

import io.github.claudefleet.engine.ContainerObservation;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * Locates a fleet's containers, images and volumes in the engine's files. Requires that the engine runs on this machine
 * and that its files are readable.
 */
final class EngineDisk {

    private final ItProject project;
    private final Path root;

    private EngineDisk(ItProject project, Path root) {
        this.project = project;
        this.root = root;
    }

    static EngineDisk of(ItProject project) throws IOException, InterruptedException {
        Path root = Path.of(project.docker().run("info", "--format", "{{.DockerRootDir}}"));
        if (!Files.isReadable(root)) {
            throw new AssertionError(
                    "the engine's files in " + root + " can't be read, so nothing can be said of them");
        }
        return new EngineDisk(project, root);
    }

    /**
     * Returns the containers' own layers, the engine's files of the containers, and the volumes that are not in memory.
     */
    List<Path> onDisk() throws IOException, InterruptedException {
        Set<Path> folders = new TreeSet<>();
        for (ContainerObservation container : project.containers()) {
            folders.add(root.resolve("containers").resolve(container.id()));
            folders.add(layer(container.id()));
        }
        for (Path volume : volumes()) {
            if (!isInMemory(volume)) {
                folders.add(volume);
            }
        }
        return List.copyOf(folders);
    }

    /** Returns the fleet's volumes that are in memory. */
    List<Path> inMemory() throws IOException, InterruptedException {
        List<Path> folders = new ArrayList<>();
        for (Path volume : volumes()) {
            if (isInMemory(volume)) {
                folders.add(volume);
            }
        }
        return folders;
    }

    private List<Path> volumes() throws IOException, InterruptedException {
        List<Path> folders = new ArrayList<>();
        for (String volume : project.volumes()) {
            folders.add(Path.of(project.docker().run("volume", "inspect", "--format", "{{.Mountpoint}}", volume)));
        }
        return folders;
    }

    /**
     * Returns the writable layer of the container. The layers below it belong to its image, whose history shows them.
     */
    private Path layer(String container) throws IOException, InterruptedException {
        Object driver = project.docker().inspect(container).get("GraphDriver");
        if (driver instanceof Map<?, ?> graph
                && graph.get("Data") instanceof Map<?, ?> data
                && data.get("UpperDir") instanceof String upper) {
            return Path.of(upper);
        }
        throw new AssertionError("the layer of container " + container + " can't be found: " + driver);
    }

    private static boolean isInMemory(Path folder) throws IOException {
        return Files.getFileStore(folder).type().equals("tmpfs");
    }
}
