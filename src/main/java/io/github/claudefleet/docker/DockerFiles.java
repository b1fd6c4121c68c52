package io.github.claudefleet.docker;

import com.github.dockerjava.api.DockerClient;
import io.github.claudefleet.engine.ContainerFiles;
import io.github.claudefleet.engine.UploadFile;
import java.io.ByteArrayInputStream;
import java.util.List;

/** Uploads of files into an engine's containers. */
final class DockerFiles implements ContainerFiles {

    private final DockerClient client;
    private final TimedCalls calls;

    DockerFiles(DockerClient client, TimedCalls calls) {
        this.client = client;
        this.calls = calls;
    }

    @Override
    public void upload(String containerId, String directory, List<UploadFile> files) {
        byte[] archive = TarArchive.of(files);
        String call = "write files to %s of container %s".formatted(directory, ShortIds.shown(containerId));
        calls.control(call, () -> {
            client.copyArchiveToContainerCmd(containerId)
                    .withRemotePath(directory)
                    .withNoOverwriteDirNonDir(true)
                    .withTarInputStream(new ByteArrayInputStream(archive))
                    .exec();
        });
    }
}
