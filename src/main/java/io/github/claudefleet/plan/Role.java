package io.github.claudefleet.plan;

import io.github.claudefleet.engine.ContainerObservation;
import io.github.claudefleet.spec.Labels;
import java.util.Arrays;

/** Role of a container in a fleet. */
public enum Role {
    /** Auth container, in which a person logs in; the only one that writes the login. */
    AUTH("auth"),
    /** Container of an agent. */
    AGENT("agent"),
    /** Container of an independent check, which ends with it. */
    CHECK("check");

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

    /** Returns the value of the label {@link io.github.claudefleet.spec.Labels#ROLE}. */
    public String value() {
        return value;
    }
}
