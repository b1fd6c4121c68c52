package io.github.claudefleet.gateway;

import io.github.claudefleet.it.DockerCommand;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/**
 * Networks of one test: the fleet's own, one that stands for the internet, and one with a metadata service. The last
 * two have addresses that are routed nowhere, for documentation and of a cloud's metadata service.
 */
final class TestNetworks implements AutoCloseable {

    static final String METADATA = "100.100.100.200";
    private static final Duration LIMIT = Duration.ofMinutes(3);
    private static final int BLOCKS = 16;

    private final DockerCommand docker;
    private final List<String> made = new ArrayList<>();
    private final String suffix = UUID.randomUUID().toString().substring(0, 8);
    private int block;

    private TestNetworks(DockerCommand docker) {
        this.docker = docker;
    }

    static TestNetworks create(DockerCommand docker) throws IOException, InterruptedException {
        TestNetworks networks = new TestNetworks(docker);
        docker.run("network", "create", networks.fleet());
        networks.made.add(networks.fleet());
        networks.createInternet();
        networks.createMetadata();
        return networks;
    }

    String fleet() {
        return "fence-fleet-" + suffix;
    }

    String internet() {
        return "fence-internet-" + suffix;
    }

    String metadata() {
        return "fence-metadata-" + suffix;
    }

    /** Returns an address of the internet. */
    String address(int number) {
        return "203.0.113." + (block * BLOCKS + number);
    }

    /** Returns the host's address on the fleet's network. */
    String bridge() throws IOException, InterruptedException {
        return docker.run("network", "inspect", "--format", "{{(index .IPAM.Config 0).Gateway}}", fleet());
    }

    @Override
    public void close() throws IOException {
        try {
            for (String network : made) {
                docker.run("network", "rm", network);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Other runs on this engine may have some of the blocks. */
    private void createInternet() throws IOException, InterruptedException {
        for (block = (int) (ProcessHandle.current().pid() % BLOCKS); ; block = (block + 1) % BLOCKS) {
            String subnet = "203.0.113." + block * BLOCKS + "/28";
            if (created(internet(), subnet)) {
                return;
            }
        }
    }

    /** There is one such address, so that runs on one engine wait for each other. */
    private void createMetadata() throws IOException, InterruptedException {
        Instant end = Instant.now().plus(LIMIT);
        while (!created(metadata(), "100.100.100.0/24")) {
            if (Instant.now().isAfter(end)) {
                throw new AssertionError("another network has the metadata service's address");
            }
            Thread.sleep(1000);
        }
    }

    private boolean created(String name, String subnet) throws IOException, InterruptedException {
        try {
            docker.run("network", "create", "--subnet", subnet, name);
            made.add(name);
            return true;
        } catch (AssertionError e) {
            if (e.getMessage().contains("overlaps")) {
                return false;
            }
            throw e;
        }
    }
}
