package io.github.claudefleet.kubernetes;

import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.ResourceRequirements;
import io.fabric8.kubernetes.api.model.ResourceRequirementsBuilder;
import java.util.Locale;
import java.util.Map;

/** Amounts in the form that a cluster has them in. */
final class Quantities {

    private Quantities() {}

    static Quantity bytes(long number) {
        return new Quantity(Long.toString(number));
    }

    static Quantity processors(double number) {
        return new Quantity(String.format(Locale.ROOT, "%dm", Math.round(number * 1000)));
    }

    /** Returns the resources that a container may use at most, and those that its node must have left. */
    static ResourceRequirements resources(Map<String, Quantity> limits, Map<String, Quantity> requests) {
        return new ResourceRequirementsBuilder()
                .withLimits(limits)
                .withRequests(requests)
                .build();
    }

    static Map<String, Quantity> of(long bytes, double processors) {
        return Map.of("memory", bytes(bytes), "cpu", processors(processors));
    }
}
