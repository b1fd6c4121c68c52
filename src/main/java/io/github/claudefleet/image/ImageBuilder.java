package io.github.claudefleet.image;

import io.github.claudefleet.engine.BuildRequest;
import io.github.claudefleet.engine.EngineImages;
import io.github.claudefleet.engine.ProgressSink;
import io.github.claudefleet.spec.ImageSpec;
import io.github.claudefleet.spec.PullPolicy;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;

/** Builds a fleet's images: the bundled one, that of a project's own Dockerfile, and the gateway's. */
public final class ImageBuilder {

    private static final String CA_BUNDLE = "ca-bundle.pem";
    /** Path at which the Dockerfile stores the bundle, for a CLI that runs without the plugin. */
    private static final String CA_BUNDLE_IN_IMAGE = "/opt/claude-fleet/" + CA_BUNDLE;

    private final EngineImages images;

    public ImageBuilder(EngineImages images) {
        this.images = images;
    }

    /**
     * Builds an image and gives it the name.
     *
     * @throws io.github.claudefleet.engine.EngineException if the build fails, with the last lines of the builder's
     *     output
     */
    public void build(String reference, ImageSpec spec, ProgressSink progress) {
        if (spec instanceof ImageSpec.Bundled bundled) {
            buildBundled(reference, bundled, progress);
        } else if (spec instanceof ImageSpec.Gateway gateway) {
            buildGateway(reference, gateway, progress);
        } else if (spec instanceof ImageSpec.FromDockerfile own) {
            buildOwn(reference, own, progress);
        } else {
            throw new IllegalArgumentException(reference + " is an image that exists, not one to build");
        }
    }

    private void buildGateway(String reference, ImageSpec.Gateway spec, ProgressSink progress) {
        Path context = createContext(GatewayRecipe.files(), spec.build());
        try {
            SortedMap<String, String> arguments = new TreeMap<>(Map.of("BASE", spec.base()));
            images.build(
                    new BuildRequest(
                            reference,
                            context,
                            GatewayRecipe.DOCKERFILE,
                            arguments,
                            Map.of(),
                            spec.pull() == PullPolicy.ALWAYS,
                            spec.build().network()),
                    progress);
        } finally {
            deleteQuietly(context);
        }
    }

    private void buildBundled(String reference, ImageSpec.Bundled spec, ProgressSink progress) {
        Path context = createContext(Recipe.files(spec.build().java().isPresent()), spec.build());
        try {
            SortedMap<String, String> arguments = arguments(spec.claudeVersion());
            arguments.put("BASE", spec.base());
            spec.build().java().ifPresent(java -> arguments.put("JAVA", java));
            spec.build().caBundle().ifPresent(bundle -> arguments.put("CA_BUNDLE", CA_BUNDLE_IN_IMAGE));
            images.build(request(reference, context, Recipe.DOCKERFILE, arguments, spec), progress);
        } finally {
            deleteQuietly(context);
        }
    }

    private void buildOwn(String reference, ImageSpec.FromDockerfile spec, ProgressSink progress) {
        Path dockerfile = spec.dockerfile();
        String name = dockerfile.getFileName().toString();
        images.build(request(reference, dockerfile.getParent(), name, arguments(spec.claudeVersion()), spec), progress);
    }

    private static BuildRequest request(
            String reference, Path context, String dockerfile, SortedMap<String, String> arguments, ImageSpec spec) {
        ImageSpec.BuildOptions options = optionsOf(spec);
        boolean pullBase = spec.pull() == PullPolicy.ALWAYS;
        return new BuildRequest(reference, context, dockerfile, arguments, Map.of(), pullBase, options.network());
    }

    private static ImageSpec.BuildOptions optionsOf(ImageSpec spec) {
        return spec instanceof ImageSpec.Bundled bundled ? bundled.build() : ((ImageSpec.FromDockerfile) spec).build();
    }

    private static SortedMap<String, String> arguments(String claudeVersion) {
        SortedMap<String, String> arguments = new TreeMap<>();
        arguments.put("CLAUDE_VERSION", claudeVersion);
        return arguments;
    }

    private static Path createContext(SortedMap<String, byte[]> files, ImageSpec.BuildOptions options) {
        try {
            Path context = Files.createTempDirectory("claude-fleet-image");
            for (Map.Entry<String, byte[]> file : files.entrySet()) {
                Path path = context.resolve(file.getKey());
                Files.createDirectories(path.getParent());
                Files.write(path, file.getValue());
            }
            if (options.caBundle().isPresent()) {
                Files.writeString(
                        context.resolve(CA_BUNDLE), options.caBundle().get().pem());
            }
            return context;
        } catch (IOException e) {
            throw new UncheckedIOException("the image's build context can't be written", e);
        }
    }

    private static void deleteQuietly(Path folder) {
        try (Stream<Path> files = Files.walk(folder)) {
            files.sorted(Comparator.reverseOrder())
                    .forEach(file -> file.toFile().delete());
        } catch (IOException e) {
            folder.toFile().deleteOnExit();
        }
    }
}
