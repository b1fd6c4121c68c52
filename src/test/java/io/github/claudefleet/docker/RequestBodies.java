package io.github.claudefleet.docker;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.github.dockerjava.core.DockerClientConfig;
import com.github.dockerjava.core.command.CreateContainerCmdImpl;
import io.github.claudefleet.engine.ContainerRequest;
import io.github.claudefleet.engine.EngineInfo;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/** Bodies of the adapter's requests to create a container, for tests that send them without the adapter. */
public final class RequestBodies {

    private static final List<String> LIMITS_AND_HARDENING =
            List.of("Memory", "MemorySwap", "NanoCpus", "PidsLimit", "CapDrop", "CapAdd", "SecurityOpt", "Init");

    private static final ObjectMapper JSON = DockerClientConfig.getDefaultObjectMapper();

    private RequestBodies() {}

    /** Returns the body of the adapter's own request. */
    public static byte[] create(ContainerRequest request, int engineCpus) {
        return bytes(tree(request, engineCpus));
    }

    /** Returns the body without limits, init process and hardening. */
    public static byte[] createPlain(ContainerRequest request, int engineCpus) {
        ObjectNode body = tree(request, engineCpus);
        ((ObjectNode) body.get("HostConfig")).remove(LIMITS_AND_HARDENING);
        return bytes(body);
    }

    private static ObjectNode tree(ContainerRequest request, int engineCpus) {
        CreateContainerCmdImpl command = new CreateContainerCmdImpl(sent -> null, null, request.image());
        new CreateContainerCommands(new EngineInfo("fake:///", "20.10", "1.41", engineCpus, 8L << 30))
                .fill(command, request, Optional.empty());
        return JSON.valueToTree(command);
    }

    private static byte[] bytes(ObjectNode body) {
        try {
            return JSON.writeValueAsString(body).getBytes(StandardCharsets.UTF_8);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("docker-java cannot write its own request", e);
        }
    }
}
