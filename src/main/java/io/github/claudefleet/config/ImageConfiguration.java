package io.github.claudefleet.config;

import io.github.claudefleet.spec.CaBundle;
import io.github.claudefleet.spec.ImageSpec;
import io.github.claudefleet.spec.InvalidSpecException;
import io.github.claudefleet.spec.PathText;
import io.github.claudefleet.spec.PullPolicy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Pattern;

/** Configuration of {@code <image>}: an existing image, a Dockerfile of the project, or (default) the bundled image. */
public class ImageConfiguration {

    /** Pattern of registry, repository, tag and digest; only the repository is required. An image id also matches. */
    private static final Pattern REFERENCE =
            Pattern.compile("(?:[\\w.-]+(?::\\d+)?/)?[a-z0-9][a-z0-9._/-]*(?::[\\w.-]{1,128})?(?:@\\w+:[0-9a-f]+)?");

    private String name;
    private String base;
    private String claudeVersion;
    private String dockerfile;
    private String pull;
    private String caBundle;
    private String buildNetwork;

    void fillFrom(PropertySource properties) {
        name = properties.or(name, "image.name");
        base = properties.or(base, "image.base");
        claudeVersion = properties.or(claudeVersion, "image.claudeVersion");
        dockerfile = properties.or(dockerfile, "image.dockerfile");
        pull = properties.or(pull, "image.pull");
        caBundle = properties.or(caBundle, "image.caBundle");
        buildNetwork = properties.or(buildNetwork, "image.buildNetwork");
    }

    Optional<CaBundle> toCaBundle(Path baseDirectory) {
        return Optional.ofNullable(caBundle)
                .map(file -> PathText.resolve(baseDirectory, file))
                .map(CaBundle::read);
    }

    /** Returns the condition under which the image is pulled. */
    public PullPolicy toPullPolicy(PropertySource properties) {
        return PullPolicy.of(
                Optional.ofNullable(properties.or(pull, "image.pull")).orElse("missing"));
    }

    ImageSpec toSpec(Path baseDirectory, Optional<String> java) {
        PullPolicy policy = PullPolicy.of(pull == null ? "missing" : pull);
        if (name != null) {
            return named(policy);
        }
        String version = checkVersion(claudeVersion == null ? ImageSpec.DEFAULT_CLAUDE_VERSION : claudeVersion);
        ImageSpec.BuildOptions options =
                new ImageSpec.BuildOptions(toCaBundle(baseDirectory), Optional.ofNullable(buildNetwork), java);
        if (dockerfile != null) {
            return new ImageSpec.FromDockerfile(
                    existing(PathText.resolve(baseDirectory, dockerfile)), version, policy, options);
        }
        return new ImageSpec.Bundled(base == null ? ImageSpec.DEFAULT_BASE : base, version, policy, options);
    }

    /**
     * Returns the gateway's image.
     *
     * @param gatewayBase base of the image, or empty for that of the bundled image
     * @param gatewayImage name of an existing image, or empty to have it built
     */
    ImageSpec toGateway(Path baseDirectory, Optional<String> gatewayBase, Optional<String> gatewayImage) {
        if (gatewayImage.isPresent()) {
            return namedGateway(gatewayBase, gatewayImage.get());
        }
        return ImageSpec.gateway(toSpec(baseDirectory, Optional.empty()), gatewayBase, toCaBundle(baseDirectory));
    }

    private ImageSpec namedGateway(Optional<String> gatewayBase, String gatewayImage) {
        if (gatewayBase.isPresent()) {
            throw new InvalidSpecException(
                    "egress.image",
                    "is set beside egress.base",
                    "Name an image that exists, or the base of one to build, not both.");
        }
        return new ImageSpec.Named(
                checkReference("egress.image", gatewayImage), PullPolicy.of(pull == null ? "missing" : pull));
    }

    private ImageSpec named(PullPolicy policy) {
        if (dockerfile != null || base != null) {
            throw new InvalidSpecException(
                    "image.name",
                    "is set beside " + (dockerfile != null ? "image.dockerfile" : "image.base"),
                    "Name an image that exists, or say how to build one, not both.");
        }
        return new ImageSpec.Named(checkReference("image.name", name), policy);
    }

    private static String checkReference(String parameter, String reference) {
        if (!REFERENCE.matcher(reference).matches()) {
            throw new InvalidSpecException(
                    parameter,
                    "\"" + reference + "\" is not the name of an image",
                    "Write it as docker run takes it, such as registry.example/team/agent:1.");
        }
        return reference;
    }

    private static String checkVersion(String version) {
        if (!version.matches("\\d+\\.\\d+\\.\\d+[A-Za-z0-9.-]*")) {
            throw new InvalidSpecException(
                    "image.claudeVersion",
                    "\"" + version + "\" is not a version",
                    "Pin one, such as " + ImageSpec.DEFAULT_CLAUDE_VERSION + ".");
        }
        return version;
    }

    private static Path existing(Path dockerfile) {
        if (!Files.isRegularFile(dockerfile)) {
            throw new InvalidSpecException(
                    "image.dockerfile", dockerfile + " is not there", "Name a Dockerfile, relative to the project.");
        }
        return dockerfile.toAbsolutePath().normalize();
    }
}
