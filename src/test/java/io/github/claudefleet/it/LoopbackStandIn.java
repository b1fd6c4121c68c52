package io.github.claudefleet.it;

import io.github.claudefleet.standin.AnthropicStandIn;
import io.github.claudefleet.standin.StandInOptions;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Stand-in on its own loopback address, for containers that share this machine's network. It keeps running while
 * engines start and stop.
 */
public final class LoopbackStandIn implements AutoCloseable {

    private final String address;
    private final AnthropicStandIn standIn;

    private LoopbackStandIn(String address, AnthropicStandIn standIn) {
        this.address = address;
        this.standIn = standIn;
    }

    /**
     * Starts it.
     *
     * @param tls directory for its certificates
     */
    public static LoopbackStandIn start(Path tls) throws IOException {
        ThreadLocalRandom random = ThreadLocalRandom.current();
        String address = "127." + random.nextInt(1, 250) + "." + random.nextInt(250) + "." + random.nextInt(2, 250);
        return new LoopbackStandIn(address, AnthropicStandIn.start(new StandInOptions(address, 0, 443, tls)));
    }

    URI control() {
        return standIn.http();
    }

    /** Returns the certificate of its authority. */
    public Path ca() {
        return standIn.ca();
    }

    /** Returns the value of the parameter {@code extraHosts}. */
    public String hosts() {
        return Stream.of("api.anthropic.com", "platform.claude.com")
                .map(host -> host + ":" + address)
                .collect(Collectors.joining(","));
    }

    @Override
    public void close() {
        standIn.close();
    }
}
