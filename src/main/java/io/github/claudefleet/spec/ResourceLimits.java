package io.github.claudefleet.spec;

import java.util.Optional;

/**
 * Limits on one container's use of the machine.
 *
 * @param memory maximum memory
 * @param cpus maximum number of processors, fractions allowed; empty means two, or all if the engine has fewer
 * @param pids maximum number of processes and threads
 * @param least part of these limits that must be available
 */
public record ResourceLimits(MemorySize memory, Optional<Double> cpus, int pids, Least least) {

    /**
     * Resources that must be available for a container: the requested ones, or else those that it takes even
     * if it does little.
     *
     * @param memory minimum memory; the CLI was measured at 300 MiB at its peak
     * @param pids minimum number of processes and threads
     */
    public record Least(MemorySize memory, int pids) {

        private static final Least DEFAULT = new Least(new MemorySize(512L << 20), 64);
    }

    /** Default limits: enough for the CLI (300 MiB at its peak) and a build or test run beside it. */
    public static final ResourceLimits DEFAULT =
            new ResourceLimits(new MemorySize(2L << 30), Optional.empty(), 512, Least.DEFAULT);

    /** Limits of a fleet's gateway, which uses up to 100 MB for 50 agents at once. */
    public static final ResourceLimits GATEWAY = new ResourceLimits(
            new MemorySize(256L << 20), Optional.empty(), 64, new Least(new MemorySize(96L << 20), 32));

    /** @throws InvalidSpecException if a number is out of range */
    public ResourceLimits {
        cpus.ifPresent(ResourceLimits::checkCpus);
        Numbers.within("pids", pids, 32, 100_000);
    }

    /** Creates limits that were all requested. */
    public ResourceLimits(MemorySize memory, Optional<Double> cpus, int pids) {
        this(memory, cpus, pids, new Least(memory, pids));
    }

    /** Returns the requested limits. A limit that was not requested becomes a cap that containers hardly ever reach. */
    public static ResourceLimits of(Optional<MemorySize> memory, Optional<Double> cpus, Optional<Integer> pids) {
        Least least = new Least(memory.orElse(Least.DEFAULT.memory()), pids.orElse(Least.DEFAULT.pids()));
        return new ResourceLimits(memory.orElse(DEFAULT.memory()), cpus, pids.orElse(DEFAULT.pids()), least);
    }

    /** Returns the limits that the container is created with. Whether they were requested makes no difference. */
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
