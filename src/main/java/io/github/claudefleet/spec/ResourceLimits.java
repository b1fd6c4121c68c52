package io.github.claudefleet.spec;

import java.util.Optional;

/**
 * What one container may take of the machine.
 *
 * @param memory the most memory
 * @param cpus the most processors, fractions allowed; empty means two, or all where the engine has fewer
 * @param pids the most processes and threads
 * @param least what of that has to be there for it
 */
public record ResourceLimits(MemorySize memory, Optional<Double> cpus, int pids, Least least) {

    /**
     * What has to be there for a container: what somebody asked for, or else what it takes even if it does little.
     *
     * @param memory the CLI was measured at 300 MiB at its peak
     * @param pids processes and threads
     */
    public record Least(MemorySize memory, int pids) {

        private static final Least DEFAULT = new Least(new MemorySize(512L << 20), 64);
    }

    /** Enough for the CLI (300 MiB at its peak) and a build or test run beside it. */
    public static final ResourceLimits DEFAULT =
            new ResourceLimits(new MemorySize(2L << 30), Optional.empty(), 512, Least.DEFAULT);

    /** @throws InvalidSpecException if a number is absurd */
    public ResourceLimits {
        cpus.ifPresent(ResourceLimits::checkCpus);
        Numbers.within("pids", pids, 32, 100_000);
    }

    /** All of them asked for. */
    public ResourceLimits(MemorySize memory, Optional<Double> cpus, int pids) {
        this(memory, cpus, pids, new Least(memory, pids));
    }

    /** Those that were asked for; what nobody has asked for is a cap that hardly anything gets near. */
    public static ResourceLimits of(Optional<MemorySize> memory, Optional<Double> cpus, Optional<Integer> pids) {
        Least least = new Least(memory.orElse(Least.DEFAULT.memory()), pids.orElse(Least.DEFAULT.pids()));
        return new ResourceLimits(memory.orElse(DEFAULT.memory()), cpus, pids.orElse(DEFAULT.pids()), least);
    }

    /** What the container itself is made with: whether that was asked for or not makes no other container. */
    public String caps() {
        return memory + " " + cpus + " " + pids;
    }

    private static void checkCpus(double value) {
        if (!(value >= 0.05 && value <= 1024)) {
            throw new InvalidSpecException(
                    "cpus", value + " is out of range", "Use a number of processors such as 0.5 or 2.");
        }
    }
}
