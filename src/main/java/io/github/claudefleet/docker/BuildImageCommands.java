package io.github.claudefleet.docker;

import com.github.dockerjava.api.command.BuildImageCmd;
import io.github.claudefleet.engine.BuildRequest;
import io.github.claudefleet.engine.EngineException;
import io.github.claudefleet.engine.EngineException.Kind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.function.Supplier;

/**
 * Translates requests to build an image into docker-java commands, which pack the build context.
 *
 * @param empty source of commands without parameters
 */
record BuildImageCommands(Supplier<BuildImageCmd> empty) {

    /**
     * Number of times that the context is packed. A build writes logs and classes, and agents write files, so that a file
     * can grow or vanish while it is read.
     */
    private static final int TRIES = 3;

    /**
     * Returns the command, which must be closed.
     *
     * @throws EngineException if there is no Dockerfile, or a file of the context can't be read
     */
    BuildImageCmd of(BuildRequest request) {
        for (int tries = 1; ; tries++) {
            try {
                return packed(request);
            } catch (RuntimeException e) {
                if (!(ErrorTranslator.innermost(e) instanceof IOException)) {
                    throw e;
                }
                if (tries == TRIES) {
                    throw unreadable(request, e);
                }
            }
        }
    }

    private BuildImageCmd packed(BuildRequest request) {
        Path context = request.context().toAbsolutePath();
        BuildImageCmd command = empty.get()
                .withBaseDirectory(context.toFile())
                .withDockerfile(dockerfile(request, context).toFile())
                .withTags(Set.of(request.tag()))
                .withLabels(request.labels())
                .withPull(request.pullBase())
                .withRemove(true)
                .withForcerm(true);
        request.arguments().forEach(command::withBuildArg);
        request.network().ifPresent(command::withNetworkMode);
        return command;
    }

    private static Path dockerfile(BuildRequest request, Path context) {
        Path dockerfile = context.resolve(request.dockerfile()).normalize();
        if (!Files.isRegularFile(dockerfile)) {
            throw failure(
                    request,
                    "there is no Dockerfile " + dockerfile,
                    "Name the Dockerfile by its path within the folder that is built.",
                    null);
        }
        return dockerfile;
    }

    private static EngineException unreadable(BuildRequest request, RuntimeException cause) {
        return failure(
                request,
                "the build context " + request.context() + " can't be packed: "
                        + ErrorTranslator.words(ErrorTranslator.innermost(cause)),
                "Exclude files that change, or that you may not read, with a .dockerignore file in that directory, then"
                        + " run the goal again.",
                cause);
    }

    private static EngineException failure(BuildRequest request, String detail, String suggestion, Throwable cause) {
        return new EngineException(Kind.FAILED, "build image " + request.tag(), detail, suggestion, cause);
    }
}
