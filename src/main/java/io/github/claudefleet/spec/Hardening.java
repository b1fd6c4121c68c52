package io.github.claudefleet.spec;

import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Restrictions of a container, by default as strict as agents allow.
 *
 * @param capDrop kernel capabilities to drop
 * @param capAdd kernel capabilities to add back
 * @param noNewPrivileges true to keep setuid programs from granting more rights
 * @param init true for a small init process that reaps orphans and forwards signals
 * @param readOnlyRootfs true to make the container's own file system read-only, except the home, {@code /tmp}, {@code
 *     /var/tmp} and {@code writable}
 * @param writable absolute paths of further directories that stay writable, with the image's content
 * @param runtime name of the engine's runtime that runs the container, such as {@code runsc}; empty for its default
 */
public record Hardening(
        List<String> capDrop,
        List<String> capAdd,
        boolean noNewPrivileges,
        boolean init,
        boolean readOnlyRootfs,
        List<String> writable,
        Optional<String> runtime) {

    /** Default: all capabilities dropped, no new privileges, an init process, a read-only root file system. */
    public static final Hardening DEFAULT = new Hardening(List.of("ALL"), List.of(), true, true, true);

    /** Absolute and normalized, and not the root itself, of which a volume would need a copy. */
    private static final Pattern DIRECTORY = Pattern.compile("(?:/(?!\\.{1,2}(?:/|$))[^/\\p{Cntrl}]+)+");

    private static final Pattern RUNTIME = Pattern.compile("[A-Za-z0-9/][A-Za-z0-9_./-]*");

    /** @throws InvalidSpecException if a path is not absolute and normalized, or the runtime's name has a blank or is empty */
    public Hardening {
        writable.forEach(Hardening::check);
        runtime.ifPresent(Hardening::checkRuntime);
        capDrop = List.copyOf(capDrop);
        capAdd = List.copyOf(capAdd);
        writable = List.copyOf(writable);
    }

    /** Creates restrictions without further writable directories, with the engine's default runtime. */
    public Hardening(
            List<String> capDrop, List<String> capAdd, boolean noNewPrivileges, boolean init, boolean readOnlyRootfs) {
        this(capDrop, capAdd, noNewPrivileges, init, readOnlyRootfs, List.of(), Optional.empty());
    }

    /** Returns a copy with another value for the root file system. */
    public Hardening withReadOnlyRootfs(boolean value) {
        return new Hardening(capDrop, capAdd, noNewPrivileges, init, value, writable, runtime);
    }

    private static void checkRuntime(String name) {
        if (!RUNTIME.matcher(name).matches()) {
            throw new InvalidSpecException(
                    "hardening.runtime",
                    "\"" + name + "\" is not the name of a runtime",
                    "Use a name that `docker info` lists, such as runsc or kata-runtime.");
        }
    }

    private static void check(String path) {
        if (path == null || !DIRECTORY.matcher(path).matches()) {
            throw new InvalidSpecException(
                    "hardening.writable",
                    "\"" + path + "\" is not the absolute path of a directory in the container",
                    "Write something like /opt/tools.");
        }
    }
}
