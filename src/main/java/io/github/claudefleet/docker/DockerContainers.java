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
import io.github.claudefleet.engine.LabelSelector;
import io.github.claudefleet.engine.UploadFile;
import java.io.ByteArrayInputStream;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Callable;

/** An engine's containers, from their making to their removal. */
final class DockerContainers {

    private static final Duration REMOVAL_PAUSE = Duration.ofMillis(100);
    /** How often a container that is being removed already is looked for. */
    private static final int REMOVAL_LOOKS = 300;

    private final DockerClient client;
    private final TimedCalls calls;
    private final CreateContainerCommands requests;
    private final IdempotentCreate creation;
    private final UserEntry userEntry;

    DockerContainers(DockerClient client, TimedCalls calls, CreateContainerCommands requests) {
        this.client = client;
        this.calls = calls;
        this.requests = requests;
        this.creation = new IdempotentCreate(calls);
        this.userEntry = new UserEntry(client, calls);
    }

    /** A list tells less than an inspection; what vanishes between the two is left out. */
    List<ContainerObservation> all(LabelSelector selector) {
        return listed(selector).stream()
                .flatMap(container -> find(container.getId()).stream())
                .filter(container -> selector.chooses(container.labels()))
                .sorted(Comparator.comparing(ContainerObservation::name))
                .toList();
    }

    /** Takes one call, however many there are. */
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

    /** Nobody else knows its id yet; where its removal fails too, it is found by its labels. */
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

    /** The archive replaces no directory by a file, nor a file by a directory. */
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

    /** One that has run is somebody else's, who asked for the same; labels of the image come on top. */
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

    /** Starting what runs and stopping what has ended is answered with 304. */
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

    /** Whether it is gone; false while somebody else's removal goes on. */
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

    /** Until it is gone its name is taken. */
    private void awaitGone(String call, String id) {
        try {
            for (int look = 0; look < REMOVAL_LOOKS && find(id).isPresent(); look++) {
                Thread.sleep(REMOVAL_PAUSE.toMillis());
            }
        } catch (InterruptedException e) {
            throw TimedCalls.interrupted(call, e);
        }
    }
}
