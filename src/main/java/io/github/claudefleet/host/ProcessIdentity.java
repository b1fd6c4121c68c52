package io.github.claudefleet.host;

import io.github.claudefleet.spec.BuildIdentity;
import io.github.claudefleet.spec.Project;
import io.github.claudefleet.spec.Sha256;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * A process that runs a build, told from all others: also from one that got the same number later, after a reboot, on another
 * machine, or in another container.
 *
 * @param machine the machine's or container's id
 * @param boot the kernel's, or empty
 * @param pidSpace in which the number is unique, or empty
 * @param pid its number
 * @param start when it began, in the system's own terms
 * @param user whose it is
 */
public record ProcessIdentity(String machine, String boot, String pidSpace, long pid, String start, String user) {

    private static final ProcessIdentity SELF = look();

    /** This very process. */
    public static ProcessIdentity self() {
        return SELF;
    }

    /**
     * The maker that this process is for one of the builds that it runs, of which a daemon runs several.
     *
     * @param began when that build began
     */
    public static BuildIdentity buildIdentity(Instant began) {
        String text = SELF.toText();
        return new BuildIdentity(new Sha256().add(text).add(began.toString()).shortHex(), text);
    }

    /** The project in a directory of this machine. */
    public static Project project(Path directory) {
        return Project.in(directory, SELF.machine);
    }

    private static ProcessIdentity look() {
        MachineId machine = MachineId.self();
        long pid = ProcessHandle.current().pid();
        return new ProcessIdentity(machine.id(), machine.boot(), machine.pidSpace(), pid, startOf(pid), HostUser.id());
    }

    private static String startOf(long pid) {
        try {
            return Processes.startOf(pid).orElse("");
        } catch (IOException e) {
            return "";
        }
    }

    /** In one line, for a label. */
    public String toText() {
        return "machine=%s boot=%s pidSpace=%s pid=%d start=%s user=%s"
                .formatted(machine, boot, pidSpace, pid, start, user);
    }

    /** What {@link #toText} made; empty for anything else. */
    public static Optional<ProcessIdentity> parse(String text) {
        try {
            Map<String, String> parts = Arrays.stream(text.split(" "))
                    .map(part -> part.split("=", 2))
                    .filter(part -> part.length == 2)
                    .collect(Collectors.toMap(part -> part[0], part -> part[1]));
            return parts.keySet().containsAll(Set.of("machine", "boot", "pidSpace", "pid", "start", "user"))
                    ? Optional.of(new ProcessIdentity(
                            parts.get("machine"),
                            parts.get("boot"),
                            parts.get("pidSpace"),
                            Long.parseLong(parts.get("pid")),
                            parts.get("start"),
                            parts.get("user")))
                    : Optional.empty();
        } catch (IllegalStateException | NumberFormatException e) {
            return Optional.empty();
        }
    }

    /** Whether the process is there, as far as this one can tell; a wrong "dead" would cost somebody a fleet. */
    public Liveness liveness() {
        return seenFrom(SELF, MachineId.self().whole());
    }

    Liveness seenFrom(ProcessIdentity here, boolean wholeMachine) {
        if (!machine.equals(here.machine) || !user.equals(here.user) || start.isEmpty()) {
            return Liveness.UNKNOWN;
        }
        if (!boot.equals(here.boot)) {
            // Containers that are called the same may be on two machines.
            return wholeMachine && !boot.isEmpty() && !here.boot.isEmpty() ? Liveness.DEAD : Liveness.UNKNOWN;
        }
        if (!pidSpace.equals(here.pidSpace)) {
            return Liveness.UNKNOWN;
        }
        try {
            return Processes.startOf(pid).equals(Optional.of(start)) ? Liveness.ALIVE : Liveness.DEAD;
        } catch (IOException e) {
            return Liveness.UNKNOWN;
        }
    }
}
