package io.github.claudefleet.doctor;

import io.github.claudefleet.spec.InvalidSpecException;
import java.util.Optional;

/**
 * Comparison of a fleet's demand for one resource with the available amount.
 *
 * @param check name of the check, such as {@code room in memory}
 * @param parameter parameter that causes the shortage, if there is one
 * @param sum arithmetic, as a clause
 * @param fits true if there is enough
 * @param remedy remedy for a shortage, as the beginning of a sentence
 * @param firm true if the fleet can't work at all with too little
 */
public record CapacityCheck(String check, String parameter, String sum, boolean fits, String remedy, boolean firm) {

    private static final String OVERCOMMIT = "-Dclaude-fleet.overcommit=true";

    /** Returns the check as a finding of the doctor. */
    Finding finding(boolean overcommit) {
        if (fits) {
            return Finding.pass(check, sum);
        }
        return isRefused(overcommit) ? Finding.fail(check, sum, remedy) : Finding.warn(check, sum, remedy);
    }

    /** Returns the failure of a goal that would create such a fleet; empty if it is not refused. */
    public Optional<InvalidSpecException> refusal(boolean overcommit) {
        if (fits || !isRefused(overcommit)) {
            return Optional.empty();
        }
        String next = firm ? remedy + "." : remedy + ", or make it all the same with " + OVERCOMMIT + ".";
        return Optional.of(new InvalidSpecException(
                parameter, "can't be had: " + sum, Character.toUpperCase(next.charAt(0)) + next.substring(1)));
    }

    private boolean isRefused(boolean overcommit) {
        return firm || !overcommit;
    }
}
