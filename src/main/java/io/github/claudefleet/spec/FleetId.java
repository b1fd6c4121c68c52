package io.github.claudefleet.spec;

import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Identity of a fleet. A project has at most one detached fleet of a name, which any build of the project finds. In
 * addition, it has one fleet of that name for each build in progress.
 *
 * @param name name for people
 * @param project project that owns the fleet
 * @param lifetime condition under which the fleet ends by itself
 * @param buildIdentity build that makes the request; with {@link Lifetime#BUILD} the fleet belongs to this build alone
 */
public record FleetId(FleetName name, Project project, Lifetime lifetime, BuildIdentity buildIdentity) {

    /** Number of a hash's digits that is enough for a name that people have to read. */
    private static final int LEGIBLE = 8;

    /** Returns the id of the project's fleet with another lifetime. */
    public FleetId of(Lifetime other) {
        return new FleetId(name, project, other, buildIdentity);
    }

    /** Returns the id of the project's fleet with another name. */
    public FleetId named(FleetName other) {
        return new FleetId(other, project, lifetime, buildIdentity);
    }

    /** Returns a copy for a build that runs in a container of the engine. */
    public FleetId madeIn(String container) {
        return new FleetId(
                name,
                project,
                lifetime,
                new BuildIdentity(buildIdentity.build(), buildIdentity.owner(), Optional.of(container)));
    }

    /** Returns the token that distinguishes the fleet's resource names from those of namesakes on the engine. */
    public String token() {
        String whole = lifetime == Lifetime.BUILD
                ? new Sha256().add(buildIdentity.build()).add(project.id()).hex()
                : project.id();
        return whole.substring(0, LEGIBLE);
    }

    /** Returns the token for resources that all fleets of the project share. */
    public String projectToken() {
        return project.id().substring(0, LEGIBLE);
    }

    /** Returns the labels by which all of the fleet's resources are found. */
    public SortedMap<String, String> selectingLabels() {
        SortedMap<String, String> labels = new TreeMap<>(Map.of(
                Labels.FLEET, name.value(),
                Labels.PROJECT, project.id(),
                Labels.LIFETIME, lifetime.value()));
        if (lifetime == Lifetime.BUILD) {
            labels.put(Labels.BUILD, buildIdentity.build());
        }
        return Collections.unmodifiableSortedMap(labels);
    }

    /** Returns the labels of all resources that this build creates for the fleet. */
    public SortedMap<String, String> labels() {
        SortedMap<String, String> labels = new TreeMap<>(selectingLabels());
        labels.put(Labels.DIRECTORY, project.directory());
        labels.put(Labels.BUILD, buildIdentity.build());
        labels.put(Labels.OWNER, buildIdentity.owner());
        buildIdentity.container().ifPresent(container -> labels.put(Labels.OWNER_CONTAINER, container));
        return Collections.unmodifiableSortedMap(labels);
    }

    @Override
    public String toString() {
        return name.value();
    }
}
