package io.github.claudefleet.host;

import com.sun.security.auth.module.UnixSystem;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Numeric ids of a user and of its group.
 *
 * <p>Java 17 treats a user without a name in the system as root (in containers: Jenkins, OpenShift,
 * {@code docker run --user}). Therefore the ids come from the kernel, and elsewhere from the command {@code id}.
 */
record UserNumbers(int uid, int gid) {

    private static final Path STATUS = Path.of("/proc/self/status");
    /** Pattern of the id lines. The second of the four numbers is the effective id, which owns new files. */
    private static final Pattern LINE = Pattern.compile("(?m)^(Uid|Gid):\\s+\\d+\\s+(\\d+)\\s");

    static Optional<UserNumbers> ofThisProcess() {
        try {
            // Windows has no implementation of this class.
            UnixSystem system = new UnixSystem();
            return fromKernel().or(() -> system.getUsername() == null ? fromCommand() : Optional.of(of(system)));
        } catch (UnsatisfiedLinkError e) {
            return Optional.empty();
        }
    }

    private static UserNumbers of(UnixSystem system) {
        return new UserNumbers((int) system.getUid(), (int) system.getGid());
    }

    private static Optional<UserNumbers> fromKernel() {
        try {
            return fromStatus(Files.readString(STATUS, StandardCharsets.ISO_8859_1));
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    /** Parses a process's status in Linux's format. */
    static Optional<UserNumbers> fromStatus(String status) {
        Matcher lines = LINE.matcher(status);
        return lines.find() && lines.group(1).equals("Uid")
                ? number(lines.group(2))
                        .flatMap(uid -> lines.find()
                                ? number(lines.group(2)).map(gid -> new UserNumbers(uid, gid))
                                : Optional.empty())
                : Optional.empty();
    }

    static Optional<UserNumbers> fromCommand() {
        return id("-u").flatMap(uid -> id("-g").map(gid -> new UserNumbers(uid, gid)));
    }

    /** Returns the user who called {@code sudo}, a usual way to a shell of root. */
    static Optional<UserNumbers> ofSudo(Map<String, String> environment) {
        Optional<Integer> uid = number(environment.getOrDefault("SUDO_UID", "")).filter(number -> number != 0);
        Optional<Integer> gid = number(environment.getOrDefault("SUDO_GID", ""));
        return uid.flatMap(user -> gid.map(group -> new UserNumbers(user, group)));
    }

    boolean isRoot() {
        return uid == 0;
    }

    private static Optional<Integer> id(String option) {
        try {
            Process process = new ProcessBuilder("id", option).start();
            String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);
            return process.waitFor() == 0 ? number(said.strip()) : Optional.empty();
        } catch (IOException e) {
            return Optional.empty();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        }
    }

    private static Optional<Integer> number(String text) {
        try {
            return Optional.of(Integer.parseUnsignedInt(text));
        } catch (NumberFormatException e) {
            return Optional.empty();
        }
    }
}
