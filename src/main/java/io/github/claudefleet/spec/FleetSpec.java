package io.github.claudefleet.spec;

import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;

/**
 * A fleet as the pom asks for it: replicas are counted out, files are read, numbers are checked.
 *
 * @param id which fleet it is
 * @param image what its containers run
 * @param login what its agents share
 * @param agents in the order of the pom; empty where only the login is wanted
 * @param user who its processes run as
 * @param network what its containers join
 * @param extraHosts {@code HOST:ADDRESS} lines for the containers' hosts file
 * @param environment the auth container's environment, which the agents have as well
 * @param mounts what of the host all its containers see
 * @param hardening what its containers are kept from
 * @param caBundle what the CLI trusts beside the public certificates, or empty
 * @param java what its agents find that build with Maven
 * @param work what its agents are to do, and how fast
 * @param timeouts how many at once and how long
 * @param overcommit whether it is made even where it needs more than is free
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

    /** The fleet's name. */
    public FleetName name() {
        return id.name();
    }

    /** The same as another fleet. */
    public FleetSpec withId(FleetId other) {
        return with(other, login, agents);
    }

    /** The same with another way of sharing the login. */
    public FleetSpec withSharing(Sharing sharing) {
        return with(id, login.withSharing(sharing), agents);
    }

    /** The same with other agents. */
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

    /** Whether its containers get files that hold a secret, other than the login directory. */
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
