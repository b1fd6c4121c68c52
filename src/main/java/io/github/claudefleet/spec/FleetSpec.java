package io.github.claudefleet.spec;

import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Fleet as the pom requests it: replicas are expanded, files are read, numbers are checked.
 *
 * @param id identity of the fleet
 * @param image image that its auth container and agents run
 * @param gatewayImage image of its gateway, if agents have one
 * @param login login that its agents share
 * @param agents agents in the order of the pom; empty if only the login is requested
 * @param containers settings that all its containers have in common
 * @param java Maven files for agents that build with Maven
 * @param work tasks of its agents, with their pace
 * @param timeouts parallelism and time limits
 * @param overcommit true to create the fleet even if it needs more resources than are free
 * @param rehearsal set if a stand-in answers in the service's place
 */
public record FleetSpec(
        FleetId id,
        ImageSpec image,
        ImageSpec gatewayImage,
        LoginSpec login,
        List<AgentSpec> agents,
        ContainerSpec containers,
        JavaTools java,
        WorkSpec work,
        FleetTimeouts timeouts,
        boolean overcommit,
        Optional<Rehearsal> rehearsal) {

    /** @throws InvalidSpecException if two agents have one name, or the gateway can't have its network */
    public FleetSpec {
        agents = List.copyOf(agents);
        checkNames(agents);
        agents.forEach(agent -> checkEgress(agent, login, containers));
        if (rehearsal.isEmpty() && Rehearsal.isOf(id.name())) {
            throw new InvalidSpecException(
                    "name",
                    "\"" + id.name() + "\" ends as the name of a rehearsal does, and is none",
                    "Choose another name, or set rehearsal to true.");
        }
        if (rehearsal.isPresent() && containers.network().isHost()) {
            throw new InvalidSpecException(
                    "network",
                    "is host, on which the stand-in of a rehearsal would listen for everybody",
                    "Leave network out of the rehearsal, or name another one.");
        }
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

    /**
     * Returns a copy whose agents are sent all of their prompts, so that none has to be started again for another attempt.
     */
    public FleetSpec withPromptsSent() {
        return with(id, login, agents.stream().map(AgentSpec::withPromptSent).toList(), work.sent());
    }

    private FleetSpec with(FleetId otherId, LoginSpec otherLogin, List<AgentSpec> otherAgents) {
        return with(otherId, otherLogin, otherAgents, work);
    }

    private FleetSpec with(FleetId otherId, LoginSpec otherLogin, List<AgentSpec> otherAgents, WorkSpec otherWork) {
        return new FleetSpec(
                otherId,
                image,
                gatewayImage,
                otherLogin,
                otherAgents,
                containers,
                java,
                otherWork,
                timeouts,
                overcommit,
                rehearsal);
    }

    /**
     * Returns the rehearsal of this fleet: under a name of its own, with the stand-in's key in place of its login, with no
     * change to the user's branches and to other repositories, and without the costs of other runs.
     *
     * @param scripts directory with the agents' scripts; one that does not exist has none
     */
    public FleetSpec rehearsed(Path scripts) {
        return new FleetSpec(
                id.named(Rehearsal.nameOf(name())),
                image,
                gatewayImage,
                login.rehearsed(),
                agents.stream().map(AgentSpec::rehearsed).toList(),
                containers.withEnvironment(Rehearsal.withoutServices(containers.environment())),
                java,
                work.withoutDailyLimit(),
                timeouts,
                overcommit,
                Optional.of(new Rehearsal(scripts)));
    }

    /** Checks whether it has a gateway, for its agents or for the stand-in of a rehearsal. */
    public boolean hasGateway() {
        return rehearsal.isPresent() || isFenced();
    }

    /** Checks whether some of its agents reach others through a gateway alone. */
    public boolean isFenced() {
        return agents.stream().anyMatch(agent -> agent.egress().isFenced());
    }

    /** Checks whether an agent has a placeholder, and the gateway the credential. */
    public boolean hidesCredential(AgentSpec agent) {
        return login.exposure() == Exposure.GATEWAY && agent.egress().isFenced();
    }

    private static void checkEgress(AgentSpec agent, LoginSpec login, ContainerSpec containers) {
        if (agent.egress().isFenced() && containers.network().isHost()) {
            throw new InvalidSpecException(
                    "egress.mode",
                    "is " + agent.egress().mode().value() + ", but network is host, on which the gateway would reach"
                            + " everything that listens on this machine",
                    "Name another network, or set egress.mode to open.");
        }
        if (agent.egress().isFenced() && login.sharesAll() && login.exposure() == Exposure.GATEWAY) {
            throw new InvalidSpecException(
                    "auth.exposure",
                    "is gateway, but sharing all gives the login to the agents",
                    "Use sharing login, or auth.exposure agent.");
        }
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
