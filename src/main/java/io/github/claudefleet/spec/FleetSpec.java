package io.github.claudefleet.spec;

import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Fleet as the pom requests it: replicas are expanded, files are read, numbers are checked.
 *
 * @param id identity of the fleet
 * @param image image that its containers run
 * @param login login that its agents share
 * @param agents agents in the order of the pom; empty if only the login is requested
 * @param containers settings that all its containers have in common
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
        ContainerSpec containers,
        JavaTools java,
        WorkSpec work,
        FleetTimeouts timeouts,
        boolean overcommit) {

    /** @throws InvalidSpecException if two agents have one name */
    public FleetSpec {
        agents = List.copyOf(agents);
        checkNames(agents);
    }

    public FleetName name() {
        return id.name();
    }

    /** Returns the user that the processes of its containers run as. */
    public ContainerUser user() {
        return containers.user();
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
        return new FleetSpec(otherId, image, otherLogin, otherAgents, containers, java, work, timeouts, overcommit);
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
