package io.github.claudefleet.gateway;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.claudefleet.it.DockerCommand;
import java.io.IOException;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Container with services and a DNS server outside of the fleet, which write down what they hear (world.mjs).
 *
 * @param id id of the container
 * @param address its address on the fleet's network
 * @param ca certificate of the authority that signed its certificates
 */
record World(DockerCommand docker, String id, String address, String ca) {

    /** Waits until its services answer. */
    static World await(DockerCommand docker, String id) throws IOException, InterruptedException {
        docker.awaitLog(id, "\"ready\":true");
        JsonNode ready = Json.lines(docker.run("logs", id))
                .filter(line -> line.has("ready"))
                .findFirst()
                .orElseThrow();
        return new World(
                docker, id, ready.get("address").asText(), ready.get("ca").asText());
    }

    /** Returns the attackers' marks that it has heard. */
    Set<String> heard() throws IOException, InterruptedException {
        return lines().filter(line -> line.has("heard"))
                .map(line -> line.get("heard").asText())
                .collect(Collectors.toSet());
    }

    /** Returns the header lines of the requests to a host, name after value, as one list for each. */
    List<List<String>> requestsTo(String host) throws IOException, InterruptedException {
        return lines().filter(line -> line.path("host").asText().equals(host))
                .map(line -> Json.texts(line.get("headers")))
                .toList();
    }

    /** Returns the hosts and ports to which it was a proxy. */
    List<String> tunnels() throws IOException, InterruptedException {
        return lines().filter(line -> line.has("tunnel"))
                .map(line -> line.get("tunnel").asText())
                .toList();
    }

    private Stream<JsonNode> lines() throws IOException, InterruptedException {
        return Json.lines(docker.run("logs", id));
    }
}
