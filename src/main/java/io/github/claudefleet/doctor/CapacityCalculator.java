package io.github.claudefleet.doctor;

import io.github.claudefleet.engine.NetworkUse;
import io.github.claudefleet.plan.ResourceDemand;
import io.github.claudefleet.plan.ResourceDemand.Newcomer;
import io.github.claudefleet.plan.Role;
import io.github.claudefleet.spec.MemorySize;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.ToLongFunction;
import java.util.stream.Collectors;

/** Compares a fleet's demand with the available resources, except for those that can't be seen from here. */
final class CapacityCalculator {

    /** Limit of containers on a bridge: the kernel gives it 1024 ports, and the engine and others need some. */
    private static final int MOST_ON_A_BRIDGE = 1000;

    private static final String BRIDGE = "bridge";
    private static final long MEBIBYTE = 1L << 20;
    /** Disk space of an idle agent's state and transcript, and of some of the files that it works on. */
    private static final long DISK_OF_ONE = 64 * MEBIBYTE;
    /** Disk space of the bundled image with its base, and of everything that its build needs. */
    private static final long DISK_OF_IMAGE = 2048 * MEBIBYTE;

    private final ResourceDemand demand;
    private final AvailableResources available;

    CapacityCalculator(ResourceDemand demand, AvailableResources available) {
        this.demand = demand;
        this.available = available;
    }

    List<CapacityCheck> capacityChecks() {
        List<CapacityCheck> capacityChecks = new ArrayList<>();
        if (!demand.newcomers().isEmpty()) {
            memory().ifPresent(capacityChecks::add);
            tasks().ifPresent(capacityChecks::add);
        }
        available.engineDirectory().filter(path -> takesDisk()).map(this::disk).ifPresent(capacityChecks::add);
        count(demand.workspaces()).forEach((root, number) -> capacityChecks.add(workspaces(root, number)));
        count(demand.joining()).forEach((network, number) -> capacityChecks.add(bridge(network, number)));
        return capacityChecks;
    }

    private Optional<CapacityCheck> memory() {
        if (available.memory() == 0) {
            return Optional.empty();
        }
        long needed = sum(CapacityCalculator::memoryOf);
        String all = words(available.memory());
        String there = available.freeMemory().isPresent()
                ? words(available.freeMemory().getAsLong()) + " of " + all + " are free on the engine's machine"
                : "the engine has " + all;
        return Optional.of(new CapacityCheck(
                "room in memory",
                "agents",
                who(CapacityCalculator::memoryOf, CapacityCalculator::words) + words(needed) + ", and " + there,
                needed <= available.freeMemory().orElse(available.memory()),
                "give agents less (memory), have fewer (replicas)",
                false));
    }

    private Optional<CapacityCheck> tasks() {
        if (available.tasks().isEmpty() || available.freeTasks().isEmpty()) {
            return Optional.empty();
        }
        long needed = sum(CapacityCalculator::tasksOf);
        long free = available.freeTasks().getAsLong();
        return Optional.of(new CapacityCheck(
                "room for processes",
                "agents",
                who(CapacityCalculator::tasksOf, number -> number + " processes") + needed + ", and " + free + " of "
                        + available.tasks().getAsLong() + " are free on the engine's machine",
                needed <= free,
                "give agents less (pids), have fewer (replicas)",
                false));
    }

    private boolean takesDisk() {
        return demand.buildsImage() || !demand.newcomers().isEmpty();
    }

    private CapacityCheck disk(Path directory) {
        int containers = demand.newcomers().size();
        long needed = containers * DISK_OF_ONE + (demand.buildsImage() ? DISK_OF_IMAGE : 0);
        List<String> what = new ArrayList<>();
        if (containers > 0) {
            what.add(some(containers, "container") + " (" + words(DISK_OF_ONE) + " each at least)");
        }
        if (demand.buildsImage()) {
            what.add("the image (" + words(DISK_OF_IMAGE) + ")");
        }
        boolean one = what.size() == 1 && containers < 2;
        return new CapacityCheck(
                "room on the engine's disk",
                "agents",
                String.join(" and ", what) + (one ? " needs " : " need ") + words(needed) + ", and "
                        + words(available.free().get(directory)) + " are free in " + directory,
                needed <= available.free().get(directory),
                "make room there (docker system df says what takes it)",
                false);
    }

    private CapacityCheck workspaces(Path root, long number) {
        long free = available.free().get(root);
        return new CapacityCheck(
                "room for workspaces",
                "workspace.root",
                some(number, "workspace") + " (" + words(DISK_OF_ONE) + " each at least) "
                        + (number == 1 ? "needs " : "need ") + words(number * DISK_OF_ONE) + ", and " + words(free)
                        + " are free in " + root,
                number * DISK_OF_ONE <= free,
                "make room there, or name another place",
                false);
    }

    private CapacityCheck bridge(String network, long joining) {
        Optional<NetworkUse> use = Optional.ofNullable(available.networks().get(network));
        int there = use.map(NetworkUse::containers).orElse(0);
        boolean limited = use.map(NetworkUse::driver).orElse(BRIDGE).equals(BRIDGE);
        return new CapacityCheck(
                "room on the network",
                "agents",
                some(joining, "container") + (joining == 1 ? " joins " : " join ") + there + " on network " + network
                        + (limited ? ", and a bridge takes " + MOST_ON_A_BRIDGE : ""),
                !limited || joining + there <= MOST_ON_A_BRIDGE,
                "have fewer agents (replicas), or fleets with networks of their own",
                true);
    }

    private long sum(ToLongFunction<Newcomer> amount) {
        return demand.newcomers().stream().mapToLong(amount).sum();
    }

    /** Describes the newcomers, such as {@code 40 agents with 2 GiB each and the auth container (512 MiB) need }. */
    private String who(ToLongFunction<Newcomer> amount, Function<Long, String> words) {
        Map<Long, Long> agents = demand.newcomers().stream()
                .filter(newcomer -> newcomer.role() == Role.AGENT)
                .collect(Collectors.groupingBy(amount::applyAsLong, TreeMap::new, Collectors.counting()));
        List<String> parts = new ArrayList<>();
        agents.forEach((each, number) ->
                parts.add(some(number, "agent") + " with " + words.apply(each) + (number == 1 ? "" : " each")));
        demand.newcomers().stream()
                .filter(newcomer -> newcomer.role() != Role.AGENT)
                .forEach(one -> parts.add(container(one.role()) + " (" + words.apply(amount.applyAsLong(one)) + ")"));
        int last = parts.size() - 1;
        String listed = last < 1 ? parts.get(0) : String.join(", ", parts.subList(0, last)) + " and " + parts.get(last);
        return listed + (demand.newcomers().size() == 1 ? " needs " : " need ");
    }

    private static String container(Role role) {
        return role == Role.GATEWAY ? "the gateway" : "the " + role.value() + " container";
    }

    private static <T> Map<T, Long> count(List<T> things) {
        return things.stream().collect(Collectors.groupingBy(Function.identity(), TreeMap::new, Collectors.counting()));
    }

    private static String some(long number, String what) {
        return number + " " + what + (number == 1 ? "" : "s");
    }

    private static long memoryOf(Newcomer newcomer) {
        return newcomer.least().memory().bytes();
    }

    private static long tasksOf(Newcomer newcomer) {
        return newcomer.least().pids();
    }

    private static String words(long bytes) {
        return new MemorySize(bytes).describe();
    }
}
