package io.github.claudefleet.plan;

import io.github.claudefleet.spec.AgentName;
import io.github.claudefleet.spec.ContainerUser;
import io.github.claudefleet.spec.FleetId;
import io.github.claudefleet.spec.Sha256;

/** Names of a fleet's resources on the engine; no other fleet has any of them. */
public record ResourceNames(FleetId fleet) {

    private static final String PREFIX = "claude-fleet-";

    /** Returns the auth container's name. */
    public String auth() {
        return agentLike("auth");
    }

    /** Returns the gateway's name. */
    public String gateway() {
        return agentLike("gateway");
    }

    /**
     * Returns the host name by which fenced agents ask the gateway for the stand-in of a rehearsal. No network resolves
     * it. It is short, since a host name has 63 characters at most.
     */
    public String standIn() {
        return "rehearsal-" + new Sha256().add(stem()).shortHex();
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

    /** Returns the name of the fence that keeps agents to the gateway, on an engine without other networks. */
    public String fence() {
        return agentLike("fence");
    }

    /** Returns the kit volume's name. It includes the files' owner, so that no other owner's files remain. */
    public String kitVolume(ContainerUser owner) {
        return volume("kit", owner);
    }

    /** Returns the secret volume's name. It includes the owner, because a volume's owner can't be changed. */
    public String secretsVolume(ContainerUser owner) {
        return volume("secrets", owner);
    }

    /** Returns the name of the volume for the identity token and its exchange. It includes the owner, for the same reason. */
    public String identityVolume(ContainerUser owner) {
        return volume("identity", owner);
    }

    /** Returns the name of the volume for Maven's settings with passwords. It includes the owner, for the same reason. */
    public String mavenVolume(ContainerUser owner) {
        return volume("maven", owner);
    }

    /** Returns the name of the volume that the gateway shares with agents. */
    public String gatewayVolume(ContainerUser owner) {
        return volume("gateway", owner);
    }

    /** Returns the name of the volume with an agent's key for the gateway. */
    public String gatewayKeyVolume(AgentName agent, ContainerUser owner) {
        return volume("gateway-key-" + agent, owner);
    }

    /** Returns the name of the volume of an agent's workspace. It includes the owner, for the same reason. */
    public String workspaceVolume(AgentName agent, ContainerUser owner) {
        return volume("workspace-" + agent, owner);
    }

    /** Returns true for the name of a volume that may be that of a workspace. */
    public static boolean isOfWorkspace(String volume) {
        return volume.contains("-workspace-");
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
