package io.github.claudefleet.junit;

import io.github.claudefleet.spec.FleetBuilder;

/** Sets values of a {@link Fleet} that the annotation has no element for. It needs a constructor without parameters. */
@FunctionalInterface
public interface FleetCustomizer {

    /**
     * Changes the fleet before it is created.
     *
     * @param fleet builder with the annotation's values; {@link Fleet#rehearsal} is applied afterwards
     */
    void customize(FleetBuilder fleet);

    /** Changes nothing. */
    final class None implements FleetCustomizer {

        @Override
        public void customize(FleetBuilder fleet) {}
    }
}
