package io.github.claudefleet.spec;

import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;

/**
 * Fleet as the pom requests it: replicas are expanded, files are read, numbers are checked.
 *
 * @param id identity of the fleet
 * @param image image that its containers run
 * @param login login that its agents share
 * @param agents agents in the order of the pom; empty if only the login is requested
 * @param user user that its processes run as
 * @param network network that its containers join
 * @param extraHosts {@code HOST:ADDRESS} lines for the containers' hosts file
 * @param environment environment of the auth container, which the agents have as well
 * @param mounts files and directories of the host that all its containers see
 * @param hardening restrictions of its containers
 * @param caBundle certificates that the CLI trusts in addition to the public ones, or empty
 * @param java Maven files for agents that build with Maven
 * @param work tasks of its agents, with their pace
 * @param timeouts parallelism and time limits
 * @param overcommit true to create the fleet even if it needs more resources than are free
 */
public record FleetSpec(
        FleetId id,
        ImageSpec image,
        LoginSpec login,
        List<AgentSpec> agents,
        ContainerUser user,
        NetworkSpec network,
        List<String> extraHosts,
        SortedMap<String, String> environment,
        List<MountSpec> mounts,
        Hardening hardening,
        Optional<CaBundle> caBundle,
        JavaTools java,
        WorkSpec work,
        FleetTimeouts timeouts,
        boolean overcommit) {

    /** @throws InvalidSpecException if two agents have one name */
    public FleetSpec {
        agents = List.copyOf(agents);
        extraHosts = List.copyOf(extraHosts);
        mounts = List.copyOf(mounts);
        checkNames(agents);
    }

    public FleetName name() {
        return id.name();
    }

    /** Returns a copy with another id. */
    public FleetSpec withId(FleetId other) {
        return with(other, login, agents);
    }

    /** Returns a copy with another way of sharing the login. */
    public FleetSpec withSharing(Sharing sharing) {
        return with(id, login.withSharing(sharing), agents);
    }

    /** Returns a copy with other agents. */
    public FleetSpec withAgents(List<AgentSpec> others) {
        return with(id, login, others);
    }

    private FleetSpec with(FleetId otherId, LoginSpec otherLogin, List<AgentSpec> otherAgents) {
        return new FleetSpec(
                otherId,
                image,
                otherLogin,
                otherAgents,
                user,
                network,
                extraHosts,
                environment,
                mounts,
                hardening,
                caBundle,
                java,
                work,
                timeouts,
                overcommit);
    }

    /** Checks whether its containers get files with a secret, other than the login directory. */
    public boolean hasSecrets() {
        return login.credential().isPresent() || java.settings().isPresent();
    }

    private static void checkNames(List<AgentSpec> agents) {
        Set<AgentName> seen = new HashSet<>();
        for (AgentSpec agent : agents) {
            if (!seen.add(agent.name())) {
                throw new InvalidSpecException(
                        "agent.name",
                        "\"" + agent.name() + "\" is used twice",
                        "Give each agent a name of its own, replicas included.");
            }
        }
    }
}
