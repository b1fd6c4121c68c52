package io.github.claudefleet.spec;

import java.nio.file.Path;
import java.util.Optional;

/** The image that every container of a fleet runs: one that exists, or one that is built here. */
public sealed interface ImageSpec {

    /** When a registry is asked: for the image itself, or for the base that it is built on. */
    PullPolicy pull();

    /**
     * An image by its name, with the Claude Code CLI in it.
     *
     * @param name as {@code docker run} takes it
     * @param pull when its registry is asked
     */
    record Named(String name, PullPolicy pull) implements ImageSpec {}

    /**
     * The bundled image, built on a base.
     *
     * @param base the image that it is built on, with {@code npm} or the CLI in it
     * @param claudeVersion the version of the Claude Code CLI
     * @param pull when the base's registry is asked
     * @param build the trust and the network that the build has
     */
    record Bundled(String base, String claudeVersion, PullPolicy pull, BuildOptions build) implements ImageSpec {}

    /**
     * An image built from a Dockerfile of the project; the Dockerfile's folder is the build's context.
     *
     * @param dockerfile an absolute path
     * @param claudeVersion handed over as the build argument {@code CLAUDE_VERSION}
     * @param pull when the base's registry is asked
     * @param build the trust and the network that the build has
     */
    record FromDockerfile(Path dockerfile, String claudeVersion, PullPolicy pull, BuildOptions build)
            implements ImageSpec {}

    /**
     * @param caBundle what a build has to trust beside the public certificates, or empty
     * @param network the network mode of the build's steps, such as {@code host}, or empty for the engine's default
     * @param java the image whose JDK and Maven the bundled image gets, or empty for neither
     */
    record BuildOptions(Optional<CaBundle> caBundle, Optional<String> network, Optional<String> java) {

        /** Without Java. */
        public BuildOptions(Optional<CaBundle> caBundle, Optional<String> network) {
            this(caBundle, network, Optional.empty());
        }
    }
}
