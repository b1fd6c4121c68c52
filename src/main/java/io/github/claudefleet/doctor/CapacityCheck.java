package io.github.claudefleet.doctor;

import io.github.claudefleet.spec.InvalidSpecException;
import java.util.Optional;

/**
 * What of one kind a fleet needs, against what there is.
 *
 * @param check what was looked at, such as {@code room in memory}
 * @param parameter the parameter that is to blame where there is too little
 * @param sum the arithmetic, as a clause
 * @param fits whether there is enough
 * @param remedy what to do where there isn't, as the begin of a sentence
 * @param firm whether it can't work at all with too little
 */
public record CapacityCheck(String check, String parameter, String sum, boolean fits, String remedy, boolean firm) {

    private static final String OVERCOMMIT = "-Dclaude-fleet.overcommit=true";

    /** As a line of the doctor's. */
    Finding finding(boolean overcommit) {
        if (fits) {
            return Finding.pass(check, sum);
        }
        return isRefused(overcommit) ? Finding.fail(check, sum, remedy) : Finding.warn(check, sum, remedy);
    }

    /** As the end of a goal that would make such a fleet. */
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
