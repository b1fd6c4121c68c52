package io.github.claudefleet.spec;

import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Which fleet it is. One project has at most one detached fleet of a name, which any build of it finds again, and beside that one for
 * each build that is under way.
 *
 * @param name as people call it
 * @param project whose it is
 * @param lifetime when it ends by itself
 * @param buildIdentity the build that asks; with {@link Lifetime#BUILD} the fleet is this build's alone
 */
public record FleetId(FleetName name, Project project, Lifetime lifetime, BuildIdentity buildIdentity) {

    /** What of a hash is enough for a name that people have to read. */
    private static final int LEGIBLE = 8;

    /** The same project's fleet of another lifetime. */
    public FleetId of(Lifetime other) {
        return new FleetId(name, project, other, buildIdentity);
    }

    /** The same, made from within a container of the engine's. */
    public FleetId madeIn(String container) {
        return new FleetId(
                name,
                project,
                lifetime,
                new BuildIdentity(buildIdentity.build(), buildIdentity.owner(), Optional.of(container)));
    }

    /** What tells its names on the engine from those of other fleets called the same. */
    public String token() {
        String whole = lifetime == Lifetime.BUILD
                ? new Sha256().add(buildIdentity.build()).add(project.id()).hex()
                : project.id();
        return whole.substring(0, LEGIBLE);
    }

    /** The same for what all fleets of the project have in common. */
    public String projectToken() {
        return project.id().substring(0, LEGIBLE);
    }

    /** The labels by which all that it has is found again. */
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

    /** The labels that all of it carries that this build makes. */
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
