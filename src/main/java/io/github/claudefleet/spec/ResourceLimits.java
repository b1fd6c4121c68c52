package io.github.claudefleet.spec;

import java.util.Optional;

/**
 * What one container may take of the machine.
 *
 * @param memory the most memory
 * @param cpus the most processors, fractions allowed; empty means two, or all where the engine has fewer
 * @param pids the most processes and threads
 */
public record ResourceLimits(MemorySize memory, Optional<Double> cpus, int pids) {

    /** Enough for the CLI (300 MiB at its peak) and a build or test run beside it. */
    public static final ResourceLimits DEFAULT = new ResourceLimits(new MemorySize(2L << 30), Optional.empty(), 512);

    /** @throws InvalidSpecException if a number is absurd */
    public ResourceLimits {
        cpus.ifPresent(ResourceLimits::checkCpus);
        Numbers.within("pids", pids, 32, 100_000);
    }

    private static void checkCpus(double value) {
        if (!(value >= 0.05 && value <= 1024)) {
            throw new InvalidSpecException(
                    "cpus", value + " is out of range", "Use a number of processors such as 0.5 or 2.");
        }
    }
}
