package io.github.claudefleet.spec;

import java.nio.file.Path;
import java.util.Optional;

/** Image that a fleet's containers run: an existing one, or one that the plugin builds. */
public sealed interface ImageSpec {

    /** Version of the CLI that the bundled image installs; the newest that the tests ran with. */
    String DEFAULT_CLAUDE_VERSION = "2.1.332";

    /** Image that the bundled image is built on. */
    String DEFAULT_BASE = "node:22-bookworm-slim";

    /** Returns the bundled image with the default base and CLI, pulled and built only if it is missing. */
    static ImageSpec bundled(BuildOptions build) {
        return new Bundled(DEFAULT_BASE, DEFAULT_CLAUDE_VERSION, PullPolicy.MISSING, build);
    }

    /** Returns the policy for pulling the image itself, or the base image that it is built on. */
    PullPolicy pull();

    /**
     * Existing image with the Claude Code CLI in it.
     *
     * @param name image name as {@code docker run} takes it
     * @param pull policy for pulling it from its registry
     */
    record Named(String name, PullPolicy pull) implements ImageSpec {}

    /**
     * Bundled image, built on a base image.
     *
     * @param base base image, with {@code npm} or the CLI in it
     * @param claudeVersion version of the Claude Code CLI
     * @param pull policy for pulling the base image
     * @param build trust and network of the image build
     */
    record Bundled(String base, String claudeVersion, PullPolicy pull, BuildOptions build) implements ImageSpec {}

    /**
     * Image built from a Dockerfile of the project. The Dockerfile's directory is the build context.
     *
     * @param dockerfile absolute path of the Dockerfile
     * @param claudeVersion value of the build argument {@code CLAUDE_VERSION}
     * @param pull policy for pulling the base image
     * @param build trust and network of the image build
     */
    record FromDockerfile(Path dockerfile, String claudeVersion, PullPolicy pull, BuildOptions build)
            implements ImageSpec {}

    /**
     * Image of a fleet's gateway, which the plugin builds.
     *
     * @param base base image with Node.js and npm
     * @param pull policy for pulling the base image
     * @param build trust and network of the image build
     */
    record Gateway(String base, PullPolicy pull, BuildOptions build) implements ImageSpec {}

    /**
     * Returns the gateway's image for a fleet's image: on the same base if that is the bundled one.
     *
     * @param base base image, or empty for that one
     * @param caBundle certificates that the build has to trust in addition to the public ones, or empty
     */
    static Gateway gateway(ImageSpec image, Optional<String> base, Optional<CaBundle> caBundle) {
        Optional<BuildOptions> options = image instanceof Bundled bundled
                ? Optional.of(bundled.build())
                : image instanceof FromDockerfile own ? Optional.of(own.build()) : Optional.empty();
        return new Gateway(
                base.orElse(image instanceof Bundled bundled ? bundled.base() : DEFAULT_BASE),
                image.pull(),
                new BuildOptions(caBundle, options.flatMap(BuildOptions::network)));
    }

    /**
     * Options of an image build.
     *
     * @param caBundle certificates that the build has to trust in addition to the public ones, or empty
     * @param network network mode of the build's steps, such as {@code host}, or empty for the engine's default
     * @param java image from which the bundled image gets a JDK and Maven, or empty for neither
     */
    record BuildOptions(Optional<CaBundle> caBundle, Optional<String> network, Optional<String> java) {

        /** Creates options without Java. */
        public BuildOptions(Optional<CaBundle> caBundle, Optional<String> network) {
            this(caBundle, network, Optional.empty());
        }
    }
}
