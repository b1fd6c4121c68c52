package io.github.claudefleet.gateway;

import io.github.claudefleet.docker.DockerEngines;
import io.github.claudefleet.engine.ContainerEngine;
import io.github.claudefleet.host.HostUser;
import io.github.claudefleet.image.ImageBuilder;
import io.github.claudefleet.image.ImageReferences;
import io.github.claudefleet.spec.CaBundle;
import io.github.claudefleet.spec.ImageSpec;
import io.github.claudefleet.spec.PullPolicy;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** The gateway's image on the engine that all tests share, as the plugin builds it. It stays there, by its hash. */
public final class GatewayImage {

    static final String BASE = System.getProperty("it.baseImage", "claude-fleet-test/base:2");

    private GatewayImage() {}

    /** Returns the image's name; builds it if the engine does not have it. */
    public static String ensure() throws IOException {
        Optional<CaBundle> bundle = caBundle();
        ImageSpec.Gateway spec = new ImageSpec.Gateway(
                BASE, PullPolicy.MISSING, new ImageSpec.BuildOptions(bundle, Optional.of("host")));
        String reference = ImageReferences.ofGateway(spec);
        try (ContainerEngine engine = DockerEngines.connect(Optional.empty(), System.getenv(), HostUser.home())) {
            if (engine.images().find(reference).isEmpty()) {
                new ImageBuilder(engine.images()).build(reference, spec, line -> {});
            }
        }
        return reference;
    }

    private static Optional<CaBundle> caBundle() throws IOException {
        String file = System.getProperty("standin.bundle");
        return file == null ? Optional.empty() : Optional.of(new CaBundle(Files.readString(Path.of(file))));
    }
}
