package io.github.claudefleet.fleet;

import io.github.claudefleet.auth.LoginListener;
import io.github.claudefleet.converge.ConvergeListener;
import io.github.claudefleet.supervise.SupervisionListener;

/** Listeners to everything that a fleet reports. By default each of them ignores its events. */
public interface FleetListeners {

    /** Returns the listener to fleets as a whole. */
    default FleetListener fleet() {
        return new FleetListener() {};
    }

    /** Returns the listener to warnings about the spec. */
    default PreconditionListener preconditions() {
        return new PreconditionListener() {};
    }

    /** Returns the listener to images. */
    default ImageListener images() {
        return new ImageListener() {};
    }

    /** Returns the listener to workspaces. */
    default WorkspaceListener workspaces() {
        return new WorkspaceListener() {};
    }

    /** Returns the listener to changes of the engine. */
    default ConvergeListener converge() {
        return new ConvergeListener() {};
    }

    /** Returns the listener to the choice and the end of the login. */
    default FleetLoginListener fleetLogin() {
        return new FleetLoginListener() {};
    }

    /** Returns the listener to the proof of the login. */
    default LoginListener login() {
        return new LoginListener() {};
    }

    /** Returns the listener to agents at work. */
    default SupervisionListener supervision() {
        return new SupervisionListener() {};
    }

    /** Returns the listener to complete runs. */
    default RunListener runs() {
        return new RunListener() {};
    }

    /** Returns the listener to requested output. */
    default OutputListener output() {
        return new OutputListener() {};
    }
}
