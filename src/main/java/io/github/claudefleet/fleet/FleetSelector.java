package io.github.claudefleet.fleet;

import io.github.claudefleet.spec.FleetId;

/**
 * Selects the existing fleet that a goal operates on.
 *
 * @param id identity that the fleet would have if this build created it
 * @param anywhere true if the name is enough, because this directory has no project that could own the fleet
 * @param allProjects true for all fleets of that name, including those of other projects and builds
 */
public record FleetSelector(FleetId id, boolean anywhere, boolean allProjects) {}
