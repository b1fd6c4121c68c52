package io.github.claudefleet.kubernetes;

import io.fabric8.kubernetes.api.model.Event;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.KubernetesClientTimeoutException;
import io.fabric8.kubernetes.client.dsl.PodResource;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.github.claudefleet.engine.ContainerObservation;
import io.github.claudefleet.engine.ContainerRequest;
import io.github.claudefleet.engine.EngineContainers;
import io.github.claudefleet.engine.EngineException;
import io.github.claudefleet.engine.EngineException.Kind;
import io.github.claudefleet.engine.LabelSelector;
import java.net.HttpURLConnection;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

/**
 * Pods of a fleet, as the port's containers. A pod's id is its name, so that a second pod of that name is a conflict. A
 * pod starts when it is created, since a cluster has no other time for it.
 */
final class ClusterPods implements EngineContainers {

    /** Deadline that has passed, and the mark that tells it from a deadline of somebody else. */
    private static final String STOP = "{\"metadata\":{\"annotations\":{\"" + ObjectLabels.STOPPED
            + "\":\"true\"}},\"spec\":{\"activeDeadlineSeconds\":1}}";

    /** Time after a pod's grace period within which its node reports the end. */
    private static final Duration REPORT = Duration.ofSeconds(60);

    private final KubernetesClient client;
    private final String namespace;
    private final ApiErrors errors;
    private final FileVolumes volumes;
    private final ObjectOwners owners;
    private final PodSettings settings;

    /**
     * @param volumes volumes that pods mount
     * @param owners objects with which the pods end
     * @param settings the pom's settings for all pods
     */
    ClusterPods(ClusterConnection connection, FileVolumes volumes, ObjectOwners owners, PodSettings settings) {
        this.client = connection.client();
        this.namespace = connection.namespace();
        this.errors = connection.errors();
        this.volumes = volumes;
        this.owners = owners;
        this.settings = settings;
    }

    /** Creates a pod, which starts at once, and returns its id. */
    @Override
    public String create(ContainerRequest request) {
        String creation = UUID.randomUUID().toString();
        PodMounts mounts = PodMounts.of(request.mounts(), volumes::files);
        Pod pod = settings.applyTo(PodFactory.pod(request, mounts, owners.of(request.labels()), creation));
        return new CreateOnce<>(client.pods().inNamespace(namespace), errors)
                .create("create pod " + request.name(), pod, creation)
                .getMetadata()
                .getName();
    }

    /** Waits until the pod runs, or has ended: it starts by itself. */
    @Override
    public void start(String id) {
        String call = "start pod " + id;
        PodStart start = new PodStart(call, id);
        while (!await(call, id, PodStart::isBegun, PodStart.GLANCE)) {
            start.goOn(problem(id));
        }
        existing(call, id);
    }

    @Override
    public List<ContainerObservation> list(LabelSelector selector) {
        return chosen(selector).stream()
                .map(PodObservations::container)
                .sorted(Comparator.comparing(ContainerObservation::name))
                .toList();
    }

    @Override
    public List<Map<String, String>> labels(LabelSelector selector) {
        return chosen(selector).stream().map(ObjectLabels::of).toList();
    }

    @Override
    public Optional<ContainerObservation> find(String id) {
        return pod(id).map(PodObservations::container);
    }

    /**
     * Stops a pod, whose log and labels stay. A cluster knows no such call, but a deadline, which ends a pod likewise. The
     * grace period is the one that the pod was created with, or the given one if that is longer.
     */
    @Override
    public void stop(String id, Duration grace) {
        String call = "stop pod " + id;
        Pod pod = existing(call, id);
        // A pod without a node ends by its removal alone.
        if (PodObservations.isOver(pod) || pod.getSpec().getNodeName() == null) {
            return;
        }
        errors.call(call, () -> one(id).patch(PatchContext.of(PatchType.JSON_MERGE), STOP));
        Duration own = Duration.ofSeconds(pod.getSpec().getTerminationGracePeriodSeconds());
        Duration limit = (own.compareTo(grace) > 0 ? own : grace).plus(REPORT);
        if (!await(call, id, PodObservations::isOver, limit)) {
            throw new EngineException(
                    Kind.TIMED_OUT, call, "it had not ended after " + limit.toSeconds() + " s", "", null);
        }
    }

    /** Waits until a pod is gone or the condition holds; false if the limit passes first. */
    private boolean await(String call, String id, Predicate<Pod> condition, Duration limit) {
        try {
            one(id).waitUntilCondition(
                            pod -> pod == null || condition.test(pod), limit.toMillis(), TimeUnit.MILLISECONDS);
            return true;
        } catch (KubernetesClientTimeoutException e) {
            return false;
        } catch (KubernetesClientException e) {
            throw errors.translate(call, e);
        }
    }

    /** Removes a pod, which is killed, and returns when its node has reported the end. */
    @Override
    public void remove(String id) {
        String call = "remove pod " + id;
        errors.call(call, () -> one(id).withGracePeriod(1).delete());
        if (!await(call, id, pod -> false, REPORT)) {
            throw new EngineException(
                    Kind.TIMED_OUT,
                    call,
                    "its node has not reported its end for " + REPORT.toSeconds() + " s",
                    "If the node is gone for good, run kubectl delete pod " + id + " --force. Otherwise wait.",
                    null);
        }
    }

    /** Returns the problem of a pod, if it has one. Takes two calls; without the right to list events it sees less. */
    Optional<PodProblem> problem(String id) {
        return pod(id).flatMap(pod -> PodDiagnosis.of(pod, events(pod)));
    }

    private List<Pod> chosen(LabelSelector selector) {
        return errors.call(
                "list pods",
                () -> client
                        .pods()
                        .inNamespace(namespace)
                        .withLabelSelector(ObjectLabels.selector(selector))
                        .list()
                        .getItems()
                        .stream()
                        .filter(pod -> ObjectLabels.chooses(selector, pod))
                        .toList());
    }

    private Pod existing(String call, String id) {
        return pod(id).orElseThrow(() -> new EngineException(Kind.NOT_FOUND, call, "there is no such pod", "", null));
    }

    private Optional<Pod> pod(String id) {
        return Optional.ofNullable(errors.call("read pod " + id, () -> one(id).get()));
    }

    private List<Event> events(Pod pod) {
        return errors.call("list events of pod " + pod.getMetadata().getName(), () -> {
            try {
                return client.v1()
                        .events()
                        .inNamespace(namespace)
                        .withField("involvedObject.uid", pod.getMetadata().getUid())
                        .list()
                        .getItems();
            } catch (KubernetesClientException e) {
                if (e.getCode() == HttpURLConnection.HTTP_FORBIDDEN) {
                    return List.<Event>of();
                }
                throw e;
            }
        });
    }

    private PodResource one(String id) {
        return client.pods().inNamespace(namespace).withName(ObjectNames.name(id));
    }
}
