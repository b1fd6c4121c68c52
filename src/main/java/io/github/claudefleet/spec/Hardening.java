package io.github.claudefleet.spec;

import java.util.List;

/**
 * What a container is kept from, by default as much as agents can do without.
 *
 * @param capDrop kernel capabilities taken away
 * @param capAdd kernel capabilities given back
 * @param noNewPrivileges whether setuid programs are kept from giving more rights
 * @param init whether a small init process reaps orphans and passes signals on
 * @param readOnlyRootfs whether the container's own file system is read-only ({@code /tmp} stays writable)
 */
public record Hardening(
        List<String> capDrop, List<String> capAdd, boolean noNewPrivileges, boolean init, boolean readOnlyRootfs) {

    /** All capabilities dropped, no new privileges, an init process, a writable root file system. */
    public static final Hardening DEFAULT = new Hardening(List.of("ALL"), List.of(), true, true, false);

    public Hardening {
        capDrop = List.copyOf(capDrop);
        capAdd = List.copyOf(capAdd);
    }
}
