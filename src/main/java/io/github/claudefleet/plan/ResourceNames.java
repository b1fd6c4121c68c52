package io.github.claudefleet.plan;

import io.github.claudefleet.spec.AgentName;
import io.github.claudefleet.spec.ContainerUser;
import io.github.claudefleet.spec.FleetId;

/** Names of a fleet's resources on the engine; no other fleet has any of them. */
public record ResourceNames(FleetId fleet) {

    private static final String PREFIX = "claude-fleet-";

    /** Returns the auth container's name. */
    public String auth() {
        return agentLike("auth");
    }

    /** Returns the name of an agent's container. */
    public String agent(AgentName agent) {
        return agentLike(agent.value());
    }

    /** Returns the name of the container of an independent check of an agent's work. */
    public String check(AgentName agent) {
        return agentLike(agent + ".check");
    }

    /** Returns the name of the fleet's own network. */
    public String network() {
        return stem();
    }

    /** Returns the kit volume's name. It includes the files' owner, so that no other owner's files remain. */
    public String kitVolume(ContainerUser owner) {
        return volume("kit", owner);
    }

    /** Returns the secret volume's name. It includes the owner, because a volume's owner can't be changed. */
    public String secretsVolume(ContainerUser owner) {
        return volume("secrets", owner);
    }

    private String volume(String what, ContainerUser owner) {
        return stem() + "-" + what + "-" + owner.uid() + "-" + owner.gid();
    }

    private String agentLike(String name) {
        return stem() + "-" + name;
    }

    private String stem() {
        return PREFIX + fleet.name() + "-" + fleet.token();
    }
}
