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
 * Identity of a process that runs a build. It differs from that of a process with the same number later, after a
 * reboot, on another machine, or in another container.
 *
 * @param machine id of the machine or container
 * @param boot id of the kernel's boot, or empty
 * @param pidSpace namespace in which the number is unique, or empty
 * @param pid number of the process
 * @param start start time, in the system's own unit
 * @param user user who runs the process
 */
public record ProcessIdentity(String machine, String boot, String pidSpace, long pid, String start, String user) {

    private static final ProcessIdentity SELF = look();

    /** Returns the identity of this process. */
    public static ProcessIdentity self() {
        return SELF;
    }

    /**
     * Returns the identity of one of this process's builds, of which a daemon runs several.
     *
     * @param began start time of that build
     */
    public static BuildIdentity buildIdentity(Instant began) {
        String text = SELF.toText();
        return new BuildIdentity(new Sha256().add(text).add(began.toString()).shortHex(), text);
    }

    /** Returns the project in a directory of this machine. */
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

    /** Returns the identity in one line, for a label. */
    public String toText() {
        return "machine=%s boot=%s pidSpace=%s pid=%d start=%s user=%s"
                .formatted(machine, boot, pidSpace, pid, start, user);
    }

    /** Parses the result of {@link #toText}; empty for any other text. */
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

    /** Checks whether the process is alive, as far as this one can tell. A wrong "dead" would cost somebody a fleet. */
    public Liveness liveness() {
        return seenFrom(SELF, MachineId.self().whole());
    }

    Liveness seenFrom(ProcessIdentity here, boolean wholeMachine) {
        if (!machine.equals(here.machine) || !user.equals(here.user) || start.isEmpty()) {
            return Liveness.UNKNOWN;
        }
        if (!boot.equals(here.boot)) {
            // Containers with the same id may be on two machines.
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
