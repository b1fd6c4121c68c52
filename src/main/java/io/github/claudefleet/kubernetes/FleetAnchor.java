package io.github.claudefleet.kubernetes;

import io.fabric8.kubernetes.api.model.DeletionPropagation;
import io.fabric8.kubernetes.api.model.OwnerReference;
import io.fabric8.kubernetes.api.model.OwnerReferenceBuilder;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.api.model.batch.v1.JobBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.ScalableResource;
import io.github.claudefleet.engine.EngineException;
import io.github.claudefleet.engine.EngineException.Kind;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/**
 * Owner of all objects of a fleet: a Job whose only pod no scheduler takes. If nobody renews it, its deadline passes, the
 * cluster's controllers remove it, and its objects with it. So a killed build needs no process that outlives it. Without a
 * pod, a Job would have no start in some versions, from which its deadline counts.
 */
final class FleetAnchor {

    private final KubernetesClient client;
    private final String namespace;
    private final ApiErrors errors;
    private final Job job;
    private final long createdNanos;

    private FleetAnchor(ClusterConnection connection, Job job, long createdNanos) {
        this.client = connection.client();
        this.namespace = connection.namespace();
        this.errors = connection.errors();
        this.job = job;
        this.createdNanos = createdNanos;
    }

    /**
     * Creates the anchor of a fleet.
     *
     * @param window time until it ends, unless it is renewed; empty if it does not end by itself
     */
    static FleetAnchor create(
            ClusterConnection connection, String name, Map<String, String> labels, Optional<Duration> window) {
        String creation = UUID.randomUUID().toString();
        long before = System.nanoTime();
        Job job = new JobBuilder()
                .withMetadata(ObjectLabels.metadata(name, labels, Optional.empty(), creation))
                .withNewSpec()
                .withBackoffLimit(0)
                .withActiveDeadlineSeconds(window.map(Duration::toSeconds).orElse(null))
                .withTtlSecondsAfterFinished(0)
                .withNewTemplate()
                .withSpec(PodFactory.placeholder())
                .endTemplate()
                .endSpec()
                .build();
        Job created = new CreateOnce<>(
                        connection.client().batch().v1().jobs().inNamespace(connection.namespace()),
                        connection.errors())
                .create("create job " + name, job, creation);
        return new FleetAnchor(connection, created, before);
    }

    /** Returns the anchor of that name, if there is one. Its creator alone can renew it. */
    static Optional<FleetAnchor> find(ClusterConnection connection, String name) {
        return connection
                .errors()
                .call(
                        "read job " + name,
                        () -> Optional.ofNullable(connection
                                .client()
                                .batch()
                                .v1()
                                .jobs()
                                .inNamespace(connection.namespace())
                                .withName(ObjectNames.name(name))
                                .get()))
                .map(job -> new FleetAnchor(connection, job, 0));
    }

    /** Returns the reference by which an object ends with the fleet. */
    OwnerReference owner() {
        return new OwnerReferenceBuilder()
                .withApiVersion(job.getApiVersion())
                .withKind(job.getKind())
                .withName(job.getMetadata().getName())
                .withUid(job.getMetadata().getUid())
                .build();
    }

    /**
     * Moves the end to a time from now. A deadline counts from the Job's start, which is never before this process asked
     * for it, so that no clock but this machine's matters.
     *
     * @throws EngineException of kind NOT_FOUND if the anchor has ended
     */
    void renew(Duration window) {
        String call = "renew job " + job.getMetadata().getName();
        long age = Duration.ofNanos(System.nanoTime() - createdNanos).toSeconds() + 1;
        errors.call(
                call,
                () -> one().edit(found -> {
                    if (!found.getMetadata().getUid().equals(job.getMetadata().getUid())) {
                        throw new EngineException(Kind.NOT_FOUND, call, "another fleet has its name by now", "", null);
                    }
                    return new JobBuilder(found)
                            .editSpec()
                            .withActiveDeadlineSeconds(age + window.toSeconds())
                            .endSpec()
                            .build();
                }));
    }

    /** Returns true until it has ended. */
    boolean exists() {
        return errors.call("read job " + job.getMetadata().getName(), () -> Optional.ofNullable(one().get()))
                .filter(found ->
                        found.getMetadata().getUid().equals(job.getMetadata().getUid()))
                .isPresent();
    }

    /** Removes it at once. The cluster then removes all that it owns, each pod within its grace period. */
    void end() {
        errors.call(
                "remove job " + job.getMetadata().getName(),
                () -> one().withPropagationPolicy(DeletionPropagation.BACKGROUND)
                        .delete());
    }

    private ScalableResource<Job> one() {
        return client.batch()
                .v1()
                .jobs()
                .inNamespace(namespace)
                .withName(job.getMetadata().getName());
    }
}
