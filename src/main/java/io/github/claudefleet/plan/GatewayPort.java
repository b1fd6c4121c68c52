package io.github.claudefleet.plan;

/** Port of a gateway for agents with which it shares no volume. */
final class GatewayPort {

    /** Number of the port. On the next one listens what agents must find closed. */
    static final int NUMBER = 3129;

    private GatewayPort() {}
}
