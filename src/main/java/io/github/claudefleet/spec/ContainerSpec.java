package io.github.claudefleet.spec;

import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.regex.Pattern;

/**
 * Settings that all containers of a fleet have in common.
 *
 * @param user user that their processes run as
 * @param network network that they join
 * @param extraHosts {@code HOST:ADDRESS} lines for their hosts files
 * @param environment environment of the auth container, which the agents have as well
 * @param mounts files and directories of the host that they see
 * @param hardening restrictions of what their processes can do
 * @param caBundle certificates that the CLI trusts in addition to the public ones, or empty
 */
public record ContainerSpec(
        ContainerUser user,
        NetworkSpec network,
        List<String> extraHosts,
        SortedMap<String, String> environment,
        List<MountSpec> mounts,
        Hardening hardening,
        Optional<CaBundle> caBundle) {

    /** Pattern of a name and an address, IPv6 included, or Docker's keyword for its own host. */
    private static final Pattern HOST = Pattern.compile("[^\\s:]+:(?:[0-9a-fA-F.:]+|host-gateway)");

    /** @throws InvalidSpecException if a line is no {@code HOST:ADDRESS} */
    public ContainerSpec {
        extraHosts.forEach(ContainerSpec::checkHost);
        extraHosts = List.copyOf(extraHosts);
        mounts = List.copyOf(mounts);
    }

    /** Returns a copy with another environment. */
    public ContainerSpec withEnvironment(SortedMap<String, String> other) {
        return new ContainerSpec(user, network, extraHosts, other, mounts, hardening, caBundle);
    }

    private static void checkHost(String line) {
        if (line == null || !HOST.matcher(line).matches()) {
            throw new InvalidSpecException(
                    "extraHosts", "\"" + line + "\" is not HOST:ADDRESS", "Write something like db:127.0.0.1.");
        }
    }
}
