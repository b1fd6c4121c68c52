package io.github.claudefleet.docker;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.command.CreateContainerCmd;
import com.github.dockerjava.api.exception.ConflictException;
import com.github.dockerjava.api.exception.NotFoundException;
import com.github.dockerjava.api.exception.NotModifiedException;
import com.github.dockerjava.api.model.Container;
import io.github.claudefleet.engine.ContainerObservation;
import io.github.claudefleet.engine.ContainerRequest;
import io.github.claudefleet.engine.ContainerState;
import io.github.claudefleet.engine.EngineException;
import io.github.claudefleet.engine.EngineException.Kind;
import io.github.claudefleet.engine.EngineInfo;
import io.github.claudefleet.engine.LabelSelector;
import io.github.claudefleet.engine.UploadFile;
import io.github.claudefleet.spec.Durations;
import java.io.ByteArrayInputStream;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Callable;

/** Container operations of an engine, from creation to removal. */
final class DockerContainers {

    private static final Duration REMOVAL_PAUSE = Duration.ofMillis(100);
    /** Number of checks, one each {@link #REMOVAL_PAUSE}, until another client's removal of a container is done. */
    private static final int REMOVAL_LOOKS = 300;

    private final DockerClient client;
    private final TimedCalls calls;
    private final CreateContainerCommands requests;
    private final IdempotentCreate creation;
    private final UserEntry userEntry;

    DockerContainers(DockerClient client, TimedCalls calls, EngineInfo info) {
        this.client = client;
        this.calls = calls;
        this.requests = new CreateContainerCommands(info.cpus(), info.users());
        this.creation = new IdempotentCreate(calls);
        this.userEntry = new UserEntry(client, calls);
    }

    /**
     * Inspects all matching containers, as a list reports less. Leaves out those that vanish before their inspection.
     */
    List<ContainerObservation> all(LabelSelector selector) {
        return listed(selector).stream()
                .flatMap(container -> find(container.getId()).stream())
                .filter(container -> selector.chooses(container.labels()))
                .sorted(Comparator.comparing(ContainerObservation::name))
                .toList();
    }

    /** Needs one call, whatever the number of containers. */
    List<Map<String, String>> labels(LabelSelector selector) {
        return listed(selector).stream()
                .map(Container::getLabels)
                .filter(Objects::nonNull)
                .filter(selector::chooses)
                .toList();
    }

    Optional<ContainerObservation> find(String id) {
        return calls.control("inspect container " + ShortIds.shown(id), () -> {
            try {
                return Optional.of(
                        Observations.container(client.inspectContainerCmd(id).exec()));
            } catch (NotFoundException e) {
                return Optional.empty();
            }
        });
    }

    String create(ContainerRequest request) {
        Callable<String> making = () -> {
            CreateContainerCmd command = client.createContainerCmd(request.image());
            requests.fill(command, request);
            return command.exec().getId();
        };
        String id = creation.make("create container " + request.name(), making, () -> findMade(request));
        try {
            userEntry.add(id, request);
            return id;
        } catch (RuntimeException e) {
            removeUnknown(id, e);
            throw e;
        }
    }

    /** Removes a container whose id no caller knows yet. If that fails too, it can be found by its labels. */
    private void removeUnknown(String id, RuntimeException reason) {
        try {
            remove(id);
        } catch (RuntimeException e) {
            reason.addSuppressed(e);
        }
    }

    void start(String id) {
        String call = "start container " + ShortIds.shown(id);
        calls.within(
                calls.startLimit(),
                call,
                unlessDone(() -> client.startContainerCmd(id).exec()));
    }

    void stop(String id, Duration grace) {
        String call = "stop container " + ShortIds.shown(id);
        int seconds = Math.toIntExact(grace.plusMillis(999).toSeconds());
        calls.within(
                grace.plus(calls.limit()),
                call,
                unlessDone(
                        () -> client.stopContainerCmd(id).withTimeout(seconds).exec()));
    }

    void remove(String id) {
        String call = "remove container " + ShortIds.shown(id);
        if (!calls.control(call, () -> removed(id))) {
            awaitGone(call, id);
        }
    }

    /** Replaces no directory with a file, and no file with a directory. */
    void upload(String id, String directory, List<UploadFile> files) {
        byte[] archive = TarArchive.of(files);
        String call = "write files to %s of container %s".formatted(directory, ShortIds.shown(id));
        calls.control(call, () -> {
            client.copyArchiveToContainerCmd(id)
                    .withRemotePath(directory)
                    .withNoOverwriteDirNonDir(true)
                    .withTarInputStream(new ByteArrayInputStream(archive))
                    .exec();
        });
    }

    /**
     * Finds the container after a lost response. One that has run belongs to another client with an equal request.
     * Labels of the image are present in addition.
     */
    private Optional<String> findMade(ContainerRequest request) {
        return find(request.name())
                .filter(container -> container.state() == ContainerState.CREATED)
                .filter(container -> container.image().equals(request.image()))
                .filter(container -> container
                        .labels()
                        .entrySet()
                        .containsAll(request.labels().entrySet()))
                .map(ContainerObservation::id);
    }

    private List<Container> listed(LabelSelector selector) {
        return calls.control(
                "list containers",
                () -> client.listContainersCmd()
                        .withShowAll(true)
                        .withLabelFilter(LabelFilter.of(selector))
                        .exec());
    }

    /** Ignores status 304, the answer to a start of a running container or a stop of an exited one. */
    private static Callable<Void> unlessDone(Runnable call) {
        return () -> {
            try {
                call.run();
            } catch (NotModifiedException e) {
                return null;
            }
            return null;
        };
    }

    /** Removes a container and returns true if it is gone, or false while another client's removal is in progress. */
    private boolean removed(String id) {
        try {
            client.removeContainerCmd(id)
                    .withForce(true)
                    .withRemoveVolumes(true)
                    .exec();
        } catch (NotFoundException e) {
            return true;
        } catch (ConflictException e) {
            if (ErrorTranslator.detail(e).contains("already in progress")) {
                return false;
            }
            throw e;
        }
        return true;
    }

    /** Waits until the container is gone, as its name is in use until then. */
    private void awaitGone(String call, String id) {
        try {
            for (int look = 0; look < REMOVAL_LOOKS; look++) {
                if (find(id).isEmpty()) {
                    return;
                }
                Thread.sleep(REMOVAL_PAUSE.toMillis());
            }
        } catch (InterruptedException e) {
            throw TimedCalls.interrupted(call, e);
        }
        throw new EngineException(
                Kind.TIMED_OUT,
                call,
                "another client's removal of it is not done after "
                        + Durations.toText(REMOVAL_PAUSE.multipliedBy(REMOVAL_LOOKS)),
                "See what holds the container (docker inspect), then run the goal again.",
                null);
    }
}
