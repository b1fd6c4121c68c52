package io.github.claudefleet.kubernetes;

import io.fabric8.kubernetes.api.model.Quantity;
import java.util.Locale;

/** Amounts in the form that a cluster has them in. */
final class Quantities {

    private Quantities() {}

    static Quantity bytes(long number) {
        return new Quantity(Long.toString(number));
    }

    static Quantity processors(double number) {
        return new Quantity(String.format(Locale.ROOT, "%dm", Math.round(number * 1000)));
    }
}
