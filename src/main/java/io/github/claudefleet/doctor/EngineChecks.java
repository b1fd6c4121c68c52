package io.github.claudefleet.doctor;

import io.github.claudefleet.engine.ContainerObservation;
import io.github.claudefleet.engine.ContainerState;
import io.github.claudefleet.engine.EngineCapability;
import io.github.claudefleet.engine.EngineInfo;
import io.github.claudefleet.engine.EngineRight;
import io.github.claudefleet.engine.ImageObservation;
import io.github.claudefleet.engine.UserMapping;
import io.github.claudefleet.plan.ObservedFleet;
import io.github.claudefleet.spec.FleetSpec;
import io.github.claudefleet.spec.InvalidSpecException;
import io.github.claudefleet.spec.LoginMode;
import io.github.claudefleet.spec.MemorySize;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;

/** Checks the engine, its resources for the fleet, and leftovers of earlier builds. */
final class EngineChecks {

    /** Unit to round to: engines report memory to the byte, which people don't need. */
    private static final long MEBIBYTE = 1L << 20;

    private static final String ANOTHER_USER =
            "use rootless Podman, which keeps your user, or an engine that root runs (docs/engines.md)";

    private final FleetSpec spec;
    private final EngineInfo info;

    EngineChecks(FleetSpec spec, EngineInfo info) {
        this.spec = spec;
        this.info = info;
    }

    Finding engine() {
        UserMapping users = info.users();
        String text = info.version() + " (API " + info.apiVersion() + ") at " + info.address()
                + (users.words().isEmpty() ? "" : ", " + users.words());
        if (!users.isAnother()) {
            return Finding.pass("engine", text);
        }
        String detail = text + ": the containers' user " + spec.user() + " is another user on this machine than you";
        return spec.login().mode() == LoginMode.LOGIN
                ? Finding.fail("engine", detail + ", to whom the login directory is closed", ANOTHER_USER)
                : Finding.warn("engine", detail + ", who can use no workspace that is closed to others", ANOTHER_USER);
    }

    /** Reports needs of the fleet that the engine can't meet; empty if there are none. */
    List<Finding> capabilities(List<InvalidSpecException> refusals) {
        return refusals.stream()
                .map(refusal -> Finding.fail("capabilities", refusal.getMessage(), clause(refusal.suggestion())))
                .toList();
    }

    /** Returns a sentence as a clause, as remedies are. */
    private static String clause(String sentence) {
        return Character.toLowerCase(sentence.charAt(0)) + sentence.substring(1, sentence.length() - 1);
    }

    /** Checks the runtime; empty if the fleet uses the engine's default. */
    Optional<Finding> runtime() {
        return spec.containers()
                .hardening()
                .runtime()
                .map(name -> info.offers(name)
                        ? Finding.pass("runtime", info.runtimes().isEmpty() ? name + " (the engine lists none)" : name)
                        : Finding.fail(
                                "runtime",
                                "the engine has no " + name + ", but "
                                        + String.join(", ", new TreeSet<>(info.runtimes())),
                                "register it in the engine's daemon.json, or leave hardening.runtime out"));
    }

    /** Checks the user's rights; empty for an engine that does not distinguish users. */
    Optional<Finding> rights(List<EngineRight> rights) {
        List<String> missing = rights.stream()
                .filter(right -> !right.granted())
                .map(EngineRight::text)
                .toList();
        if (rights.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(
                missing.isEmpty()
                        ? Finding.pass("rights", "all " + rights.size() + " that a fleet needs")
                        : Finding.fail(
                                "rights",
                                "you may not " + String.join(", ", missing),
                                "have the Role of docs/kubernetes.md granted to you"));
    }

    Finding image(String reference, Optional<ImageObservation> image) {
        if (!info.has(EngineCapability.IMAGES)) {
            return Finding.pass("image", reference + ", pulled with each container");
        }
        return image.isPresent()
                ? Finding.pass("image", reference)
                : Finding.warn("image", reference + " is not on the engine yet", "mvn claude-fleet:auth");
    }

    /** Adds up the agents' limits, since all agents may use their whole limit at once. */
    Finding memory() {
        long wanted = spec.agents().stream()
                .mapToLong(agent -> agent.limits().memory().bytes())
                .sum();
        if (info.memoryBytes() == 0) {
            return Finding.pass("memory", spec.agents().size() + " agents with " + new MemorySize(wanted) + " in all");
        }
        String sum = spec.agents().size() + " agents with " + new MemorySize(wanted) + " in all, the engine has "
                + new MemorySize(info.memoryBytes() & -MEBIBYTE);
        return wanted <= info.memoryBytes()
                ? Finding.pass("memory", sum)
                : Finding.warn("memory", sum, "start fewer agents, or give each less with memory");
    }

    Finding leftovers(ObservedFleet observed) {
        List<String> dead = observed.containers().stream()
                .filter(container ->
                        container.state() == ContainerState.CREATED || container.state() == ContainerState.DEAD)
                .map(ContainerObservation::name)
                .toList();
        boolean orphaned = observed.containers().isEmpty() && !observed.isEmpty();
        if (dead.isEmpty() && !orphaned) {
            return Finding.pass("leftovers", "none of fleet " + spec.name());
        }
        String what = orphaned ? "a network or volume without containers" : String.join(", ", dead) + " never ran";
        return Finding.warn("leftovers", what, "mvn claude-fleet:stop");
    }
}
