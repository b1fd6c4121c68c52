package io.github.claudefleet.host;

import io.github.claudefleet.spec.Sha256;
import java.io.IOException;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * The machine that this process is on, or the container, as far as it can be told from others.
 *
 * @param id of the machine or the container, a hash; the same after a reboot
 * @param boot of the running kernel; empty where there is none to be had
 * @param pidSpace in which numbers of processes are unique; empty where all are in one
 * @param whole whether this is a machine, rather than a container on it
 */
record MachineId(String id, String boot, String pidSpace, boolean whole) {

    /** What Linux calls the process namespace that a kernel begins with ({@code PROC_PID_INIT_INO}). */
    private static final String FIRST_PID_SPACE = "pid:[4026531836]";

    private static final MachineId THIS = look();

    static MachineId self() {
        return THIS;
    }

    private static MachineId look() {
        String pidSpace = linkTo(Path.of("/proc/self/ns/pid")).orElse("");
        boolean whole = pidSpace.isEmpty() || pidSpace.equals(FIRST_PID_SPACE);
        return new MachineId(
                id(whole),
                line(Path.of("/proc/sys/kernel/random/boot_id")).orElse(""),
                pidSpace.replaceAll("[^0-9]", ""),
                whole);
    }

    /** The id that systemd gives a machine is not to be told to others as it is; containers of one image have the same. */
    private static String id(boolean whole) {
        Optional<String> given = line(Path.of("/etc/machine-id")).filter(id -> whole);
        Sha256 hash = new Sha256().add("claude-fleet");
        return given.map(hash::add)
                .orElseGet(() -> hash.add(hostName()).add(hardware()))
                .shortHex();
    }

    private static String hostName() {
        return line(Path.of("/proc/sys/kernel/hostname"))
                .or(() -> Optional.ofNullable(System.getenv("HOSTNAME")))
                .or(() -> Optional.ofNullable(System.getenv("COMPUTERNAME")))
                .orElse("");
    }

    private static String hardware() {
        try {
            return NetworkInterface.networkInterfaces()
                    .map(MachineId::address)
                    .flatMap(Optional::stream)
                    .sorted()
                    .collect(Collectors.joining(" "));
        } catch (SocketException e) {
            return "";
        }
    }

    /** Bridges and tunnels come and go. */
    private static Optional<String> address(NetworkInterface network) {
        try {
            boolean lasting = !network.isLoopback() && !network.isVirtual() && isFixed(network.getName());
            return Optional.ofNullable(lasting ? network.getHardwareAddress() : null)
                    .map(HexFormat.of()::formatHex);
        } catch (SocketException e) {
            return Optional.empty();
        }
    }

    private static boolean isFixed(String name) {
        return name.startsWith("en") || name.startsWith("eth");
    }

    private static Optional<String> line(Path file) {
        try {
            return Optional.of(Files.readString(file).strip()).filter(text -> !text.isEmpty());
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    private static Optional<String> linkTo(Path link) {
        try {
            return Optional.of(Files.readSymbolicLink(link).toString());
        } catch (IOException | UnsupportedOperationException e) {
            return Optional.empty();
        }
    }
}
