package io.github.claudefleet.plan;

import io.github.claudefleet.spec.AgentName;
import io.github.claudefleet.spec.ContainerUser;
import io.github.claudefleet.spec.FleetId;

/** The names of what a fleet has on the engine, of which no other fleet has any. */
public record ResourceNames(FleetId fleet) {

    private static final String PREFIX = "claude-fleet-";

    /** The auth container's name. */
    public String auth() {
        return agentLike("auth");
    }

    /** An agent's container's name. */
    public String agent(AgentName agent) {
        return agentLike(agent.value());
    }

    /** The name of the fleet's own network. */
    public String network() {
        return stem();
    }

    /** The name of the kit's volume; the owner of what is in it is part of it, so that none is left over of another's. */
    public String kitVolume(ContainerUser owner) {
        return volume("kit", owner);
    }

    /** The name of the volume for a token or key; its owner is part of it, since a volume's owner can't be changed. */
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
