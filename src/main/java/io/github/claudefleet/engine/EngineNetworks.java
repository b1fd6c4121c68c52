package io.github.claudefleet.engine;

import java.util.List;
import java.util.Optional;

/** Networks that containers join. Failed calls throw an {@link EngineException}. */
public interface EngineNetworks {

    /** Returns the networks that have the labels, sorted by name. */
    List<NetworkObservation> list(LabelSelector selector);

    /** Returns the network of that name, if there is one, whether or not a fleet created it. */
    Optional<NetworkUse> find(String name);

    /** Creates a network that the fleet owns and returns its id. */
    String create(NetworkRequest request);

    /** Removes a network. Accepts one that no longer exists. */
    void remove(String id);
}
