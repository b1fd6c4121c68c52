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
import io.github.claudefleet.engine.ExecRequest;
import io.github.claudefleet.engine.LabelSelector;
import java.net.HttpURLConnection;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
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
    private static final Duration REPORT = Duration.ofSeconds(150);

    /** Limit of the command that sends a signal. */
    private static final Duration SIGNAL = Duration.ofSeconds(20);

    private static final Duration AFTER_KILL = Duration.ofSeconds(10);

    private final KubernetesClient client;
    private final String namespace;
    private final ApiErrors errors;
    private final FileVolumes volumes;
    private final ObjectOwners owners;
    private final PodSettings settings;
    private final PodProcesses processes;

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
        this.processes = new PodProcesses(connection);
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

    @Override
    public boolean canMount(Path directory) {
        return false;
    }

    @Override
    public Optional<String> beside(String volume) {
        String call = "find the pod of volume " + volume;
        String id = errors
                .call(
                        call,
                        () -> client.pods()
                                .inNamespace(namespace)
                                .withLabelSelector(Transfers.selector(volume))
                                .list())
                .getItems()
                .stream()
                .map(pod -> pod.getMetadata().getName())
                .findFirst()
                .orElseThrow(() -> gone(call, "there is no such pod"));
        await(call, id, pod -> Transfers.running(pod).isPresent() || Transfers.isPast(pod));
        return Optional.of(Transfers.running(existing(call, id))
                .orElseThrow(() -> gone(call, "pod " + id + " has ended"))
                .id());
    }

    /** Waits until the pod runs, or has ended: it starts by itself. */
    @Override
    public void start(String id) {
        String call = "start pod " + id;
        await(call, id, PodStart::isBegun);
        existing(call, id);
    }

    private void await(String call, String id, Predicate<Pod> condition) {
        PodStart start = new PodStart(call, id);
        while (!await(call, id, condition, PodStart.GLANCE)) {
            start.goOn(diagnosis(id));
        }
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
        if (Transfers.has(pod)) {
            stopAgent(call, id, grace);
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

    /** Ends the main container alone: with its pod, its workspace would be gone. */
    private void stopAgent(String call, String id, Duration grace) {
        signal(id, "TERM 1");
        if (!await(call, id, PodObservations::isOver, grace)) {
            // Its first process has no default action, but ends without its children.
            signal(id, "KILL -- -1");
            await(call, id, PodObservations::isOver, AFTER_KILL);
        }
    }

    private void signal(String id, String what) {
        try {
            processes.run(new ExecRequest(id, List.of("/bin/sh", "-c", "kill -s " + what), new TreeMap<>()), SIGNAL);
        } catch (EngineException e) {
            // A container that has ended meanwhile takes no command, and any other is killed with its pod.
            return;
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

    @Override
    public Optional<String> problem(String id) {
        return diagnosis(id).map(problem -> problem.advise(id));
    }

    /** Returns the problem of a pod, if it has one. Takes two calls; without the right to list events it sees less. */
    Optional<PodProblem> diagnosis(String id) {
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
        return pod(id).orElseThrow(() -> gone(call, "there is no such pod"));
    }

    private static EngineException gone(String call, String detail) {
        return new EngineException(Kind.NOT_FOUND, call, detail, "", null);
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
