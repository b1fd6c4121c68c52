package io.github.claudefleet.fleet;

import io.github.claudefleet.doctor.LoginUsers;
import io.github.claudefleet.spec.FleetId;
import io.github.claudefleet.spec.FleetName;
import io.github.claudefleet.spec.FleetSpec;
import io.github.claudefleet.spec.InvalidSpecException;

/** Refuses to remove workspaces or logins that agents use. */
record UsageGuard(FleetObserver observer, FleetRegistry registry) {

    /** @throws InvalidSpecException if the fleet has agents, which use their workspaces */
    void refuseWorkspacesOf(FleetSelector selector) {
        refuse(selector.id().name(), registry.toShow(selector), "whose workspaces are in use");
    }

    /** @throws InvalidSpecException if there are agents, of this or another fleet, that use the fleet's login */
    void refuseLoginOf(FleetSpec spec) {
        refuse(spec.name(), spec.id(), "which a logout would leave without a login");
        LoginUsers.of(observer.loginUsers(spec)).working().ifPresent(other -> {
            throw new InvalidSpecException(
                    "auth.directory",
                    "is the login of fleet \"" + other + "\" too, whose agents a logout would leave without a login",
                    "Stop that one first: mvn claude-fleet:stop -Dclaude-fleet.name=" + other);
        });
    }

    private void refuse(FleetName name, FleetId fleet, String why) {
        int agents = observer.observe(fleet).agents().size();
        if (agents > 0) {
            throw new InvalidSpecException(
                    "name",
                    "\"" + name + "\" is a fleet with " + agents + (agents == 1 ? " agent, " : " agents, ") + why,
                    "Stop it first: mvn claude-fleet:stop");
        }
    }
}
