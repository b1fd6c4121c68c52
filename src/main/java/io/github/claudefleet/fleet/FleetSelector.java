package io.github.claudefleet.fleet;

import io.github.claudefleet.spec.FleetId;

/**
 * The fleet that a goal is about which makes none.
 *
 * @param id which one it would be if this build made it
 * @param anywhere whether its name is enough, where this directory has no project that could own it
 * @param allProjects whether all fleets of that name are meant, those of other projects and builds among them
 */
public record FleetSelector(FleetId id, boolean anywhere, boolean allProjects) {}
