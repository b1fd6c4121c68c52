package io.github.claudefleet.engine;

import java.util.List;

/** Files in running containers. Failed calls throw an {@link EngineException}. */
public interface ContainerFiles {

    /**
     * Writes files below a directory of a running container, also into volumes that are mounted there. Replaces no
     * directory with a file, and no file with a directory.
     *
     * @param directory absolute path that exists in the container
     */
    void upload(String containerId, String directory, List<UploadFile> files);
}
