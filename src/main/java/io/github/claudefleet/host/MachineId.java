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
 * Identity of the machine or container that this process is on, as far as it can be distinguished from others.
 *
 * @param id hash that identifies the machine or container; unchanged by a reboot
 * @param boot id of the running kernel's boot; empty if not available
 * @param pidSpace namespace in which process numbers are unique; empty if there is only one
 * @param whole true for a machine, false for a container on it
 */
record MachineId(String id, String boot, String pidSpace, boolean whole) {

    /** Name in Linux of the process namespace that a kernel starts with ({@code PROC_PID_INIT_INO}). */
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

    /**
     * Returns a hash, because systemd's id of a machine must not be disclosed as it is. Containers don't use that id:
     * all of one image have the same.
     */
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

    /** Returns the hardware address of a fixed interface, because bridges and tunnels come and go. */
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
