package io.github.claudefleet.plan;

import io.github.claudefleet.engine.ContainerObservation;
import io.github.claudefleet.spec.Labels;
import java.util.Optional;

/** What a container of a fleet is for. */
public enum Role {
    /** Where a person logs in; the only one that writes the login. */
    AUTH("auth"),
    /** One that works. */
    AGENT("agent");

    private final String value;

    Role(String value) {
        this.value = value;
    }

    /** The role of a fleet's container; one whose label was lost counts as an agent. */
    public static Role of(ContainerObservation container) {
        return container.label(Labels.ROLE).equals(Optional.of(AUTH.value)) ? AUTH : AGENT;
    }

    /** The value of the label {@link io.github.claudefleet.spec.Labels#ROLE}. */
    public String value() {
        return value;
    }
}
