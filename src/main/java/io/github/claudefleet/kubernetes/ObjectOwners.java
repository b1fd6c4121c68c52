package io.github.claudefleet.kubernetes;

import io.fabric8.kubernetes.api.model.OwnerReference;
import java.util.Map;
import java.util.Optional;

/** Objects with which the objects of fleets end. */
interface ObjectOwners {

    /** Owners of nothing: objects stay until each is removed. */
    ObjectOwners NONE = labels -> Optional.empty();

    /** Returns the owner of an object with these labels, and creates it if necessary. */
    Optional<OwnerReference> of(Map<String, String> labels);

    /** Removes the owner of a fleet, which has no volume any more. */
    default void end(SelectingLabels fleet) {}
}
