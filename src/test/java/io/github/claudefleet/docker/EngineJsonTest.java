package io.github.claudefleet.docker;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.github.dockerjava.api.command.InspectContainerResponse;
import com.github.dockerjava.api.model.Container;
import com.github.dockerjava.api.model.Info;
import org.junit.jupiter.api.Test;

/** Answers of an engine, of which only a part is read. The contract of the port shows that the part is enough. */
class EngineJsonTest {

    @Test
    void ofAContainerOnlyThatIsReadWhichTheRoomUses() throws JsonProcessingException {
        InspectContainerResponse container = read("""
                {"Id": "c-1", "Name": "/one", "Image": "sha256:1", "HostConfig": {"Memory": 1}, "Mounts": [{}],
                "NetworkSettings": {"Networks": {"a": {}}}, "Config": {"Labels": {"a": "b"}, "Volumes": {"/x": {}}},
                "State": {"Status": "exited", "ExitCode": 3}}""", InspectContainerResponse.class);

        assertThat(container.getName()).isEqualTo("/one");
        assertThat(container.getConfig().getLabels()).containsEntry("a", "b");
        assertThat(container.getState().getExitCodeLong()).isEqualTo(3);
        assertThat(container.getHostConfig()).isNull();
        assertThat(container.getNetworkSettings()).isNull();
        assertThat(container.getMounts()).isNull();
        assertThat(container.getConfig().getVolumes()).isNull();
    }

    @Test
    void ofAListedContainerNoNetworksOrPortsAreRead() throws JsonProcessingException {
        Container container = read("""
                {"Id": "c-1", "Names": ["/one"], "State": "running", "Ports": [{"PrivatePort": 1}],
                "NetworkSettings": {"Networks": {"a": {}}}}""", Container.class);

        assertThat(container.getState()).isEqualTo("running");
        assertThat(container.getPorts()).isNull();
        assertThat(container.getNetworkSettings()).isNull();
    }

    @Test
    void aFieldThatTheLibraryDoesNotKnowIsKept() throws JsonProcessingException {
        Info info = read("{\"NCPU\": 2, \"Rootless\": true, \"Plugins\": {}}", Info.class);

        assertThat(info.getNCPU()).isEqualTo(2);
        assertThat(info.getRawValues()).containsOnlyKeys("Rootless");
        assertThat(info.getPlugins()).isNull();
    }

    private static <T> T read(String json, Class<T> type) throws JsonProcessingException {
        return EngineJson.mapper().readValue(json, type);
    }
}
