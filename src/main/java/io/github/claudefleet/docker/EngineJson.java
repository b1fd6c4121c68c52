package io.github.claudefleet.docker;

import com.fasterxml.jackson.annotation.JsonAnySetter;
import com.fasterxml.jackson.annotation.JsonIncludeProperties;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.github.dockerjava.api.command.InspectContainerResponse;
import com.github.dockerjava.api.command.InspectImageResponse;
import com.github.dockerjava.api.model.Container;
import com.github.dockerjava.api.model.ContainerConfig;
import com.github.dockerjava.api.model.DockerObject;
import com.github.dockerjava.api.model.Info;
import com.github.dockerjava.api.model.Network;
import com.github.dockerjava.api.model.Version;
import java.util.HashMap;
import java.util.List;

/**
 * Mapper of the engine's JSON for docker-java, which leaves out what no class of this room reads. Goals take a second or
 * two, a good part of which would be the preparation of classes for all details of a container. docker-java's own
 * mapper also reads each object twice, to keep its unknown fields.
 */
final class EngineJson {

    /** Types of the first answers of each goal. */
    private static final List<Class<?>> FIRST_ANSWERS = List.of(Version.class, Info.class, Container.class);

    private static final ObjectMapper MAPPER = make();

    private EngineJson() {}

    static ObjectMapper mapper() {
        return MAPPER;
    }

    /**
     * Loads the mapper's classes on a thread of its own, while the caller loads those of the transport. Whoever needs
     * the mapper earlier waits for this class to be initialized.
     */
    static void prepare() {
        Thread thread = new Thread(() -> FIRST_ANSWERS.forEach(MAPPER::readerFor), "claude-fleet-json");
        thread.setDaemon(true);
        // A goal that fails at once ends before it. Then Maven has closed the plugin's classes, which is nobody's
        // fault.
        thread.setUncaughtExceptionHandler((self, failure) -> {});
        thread.start();
    }

    private static ObjectMapper make() {
        return new ObjectMapper()
                .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
                .disable(SerializationFeature.FAIL_ON_EMPTY_BEANS)
                .addMixIn(DockerObject.class, OfAny.class)
                .addMixIn(Version.class, OfVersion.class)
                .addMixIn(Info.class, OfInfo.class)
                .addMixIn(Container.class, OfListedContainer.class)
                .addMixIn(InspectContainerResponse.class, OfContainer.class)
                .addMixIn(ContainerConfig.class, OfConfig.class)
                .addMixIn(InspectImageResponse.class, OfImage.class)
                .addMixIn(Network.class, OfNetwork.class);
    }

    /** Fields without a getter of their own, such as {@code Rootless} of {@link OfInfo}. */
    private abstract static class OfAny {
        @JsonAnySetter
        private HashMap<String, Object> rawValues;
    }

    @JsonIncludeProperties({"Version", "ApiVersion", "MinAPIVersion", "Components"})
    private interface OfVersion {}

    @JsonIncludeProperties({"NCPU", "MemTotal", "DockerRootDir", "SecurityOptions", "Rootless", "Runtimes"})
    private interface OfInfo {}

    @JsonIncludeProperties({"Id", "Names", "Image", "ImageID", "Created", "State", "Labels"})
    private interface OfListedContainer {}

    @JsonIncludeProperties({"Id", "Name", "Image", "Created", "State", "Config"})
    private interface OfContainer {}

    @JsonIncludeProperties({"Image", "Labels", "Env"})
    private interface OfConfig {}

    @JsonIncludeProperties({"Id", "Config"})
    private interface OfImage {}

    @JsonIncludeProperties({"Id", "Name", "Labels", "Driver", "Created", "Containers"})
    private interface OfNetwork {}
}
