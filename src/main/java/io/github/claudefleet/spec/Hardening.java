package io.github.claudefleet.spec;

import java.util.List;

/**
 * Restrictions of a container, by default as strict as agents allow.
 *
 * @param capDrop kernel capabilities to drop
 * @param capAdd kernel capabilities to add back
 * @param noNewPrivileges true to keep setuid programs from granting more rights
 * @param init true for a small init process that reaps orphans and forwards signals
 * @param readOnlyRootfs true to make the container's own file system read-only ({@code /tmp} stays writable)
 */
public record Hardening(
        List<String> capDrop, List<String> capAdd, boolean noNewPrivileges, boolean init, boolean readOnlyRootfs) {

    /** Default: all capabilities dropped, no new privileges, an init process, a writable root file system. */
    public static final Hardening DEFAULT = new Hardening(List.of("ALL"), List.of(), true, true, false);

    public Hardening {
        capDrop = List.copyOf(capDrop);
        capAdd = List.copyOf(capAdd);
    }
}
