package io.github.claudefleet.plan;

import io.github.claudefleet.engine.ContainerObservation;
import io.github.claudefleet.spec.Labels;
import java.util.Arrays;

/** Role of a container in a fleet. */
public enum Role {
    /** Auth container, in which a person logs in; the only one that writes the login. */
    AUTH("auth"),
    /** Gateway, through which agents reach the network. */
    GATEWAY("gateway"),
    /** Container of an agent. */
    AGENT("agent"),
    /** Container of an independent check, which ends with it. */
    CHECK("check"),
    /** Container by which the volume of an agent's workspace is filled or read, which ends with that. */
    TRANSFER("transfer");

    private final String value;

    Role(String value) {
        this.value = value;
    }

    /** Returns the role of a fleet's container; a container whose label was lost counts as an agent. */
    public static Role of(ContainerObservation container) {
        String role = container.label(Labels.ROLE).orElse("");
        return Arrays.stream(values())
                .filter(one -> one.value.equals(role))
                .findFirst()
                .orElse(AGENT);
    }

    /** Returns the name of a container for people: the agent's, or the role. */
    public static String nameOf(ContainerObservation container) {
        return container.label(Labels.AGENT).orElseGet(() -> of(container) == GATEWAY ? GATEWAY.value : AUTH.value);
    }

    /** Returns the value of the label {@link io.github.claudefleet.spec.Labels#ROLE}. */
    public String value() {
        return value;
    }
}
