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
import io.github.claudefleet.engine.EngineContainers;
import io.github.claudefleet.engine.EngineException;
import io.github.claudefleet.engine.EngineException.Kind;
import io.github.claudefleet.engine.EngineInfo;
import io.github.claudefleet.engine.LabelSelector;
import io.github.claudefleet.engine.Mount;
import io.github.claudefleet.spec.Durations;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;

/** Container operations of an engine, from creation to removal. */
final class DockerContainers implements EngineContainers {

    private static final Duration REMOVAL_PAUSE = Duration.ofMillis(100);
    /** Number of checks, one each {@link #REMOVAL_PAUSE}, until another client's removal of a container is done. */
    private static final int REMOVAL_LOOKS = 300;

    private final DockerClient client;
    private final TimedCalls calls;
    private final CreateContainerCommands requests;
    private final IdempotentCreate creation;
    private final UserEntry userEntry;
    private final DirectoryProbe probe;

    DockerContainers(DockerClient client, TimedCalls calls, EngineInfo info, DirectoryProbe probe) {
        this.probe = probe;
        this.client = client;
        this.calls = calls;
        this.requests = new CreateContainerCommands(info);
        this.creation = new IdempotentCreate(calls);
        this.userEntry = new UserEntry(client, calls, info.writesReadOnly());
    }

    /**
     * Lists all matching containers, and inspects those of which the list reports too little. Leaves out those that
     * vanish before their inspection.
     */
    @Override
    public List<ContainerObservation> list(LabelSelector selector) {
        return listed(selector).stream()
                .filter(entry -> selector.chooses(Observations.labels(entry)))
                .flatMap(entry -> Observations.listed(entry).or(() -> find(entry.getId())).stream())
                .sorted(Comparator.comparing(ContainerObservation::name))
                .toList();
    }

    @Override
    public List<Map<String, String>> labels(LabelSelector selector) {
        return listed(selector).stream()
                .map(Observations::labels)
                .filter(selector::chooses)
                .toList();
    }

    @Override
    public Optional<ContainerObservation> find(String id) {
        return calls.control("inspect container " + ShortIds.shown(id), () -> {
            try {
                return Optional.of(
                        Observations.container(client.inspectContainerCmd(id).exec()));
            } catch (NotFoundException e) {
                return Optional.empty();
            }
        });
    }

    @Override
    public String create(ContainerRequest request) {
        Optional<Mount.Users> users = userEntry.mount(request);
        users.filter(Mount.Users::writes).ifPresent(mount -> writeUsers(request, mount));
        return users.flatMap(userEntry::place)
                .map(place -> createWith(request, place))
                .orElseGet(() -> createPlain(request));
    }

    /** Creates and removes a container of the image, through which the file of users gets into its volume. */
    private void writeUsers(ContainerRequest request, Mount.Users mount) {
        String id = make(request, Optional.empty());
        try {
            userEntry.writeFile(id, request, mount.directory());
        } catch (RuntimeException e) {
            removeUnknown(id, e);
            throw e;
        }
        remove(id);
    }

    /**
     * Creates a container with the file of users at that path of the engine's host. An engine whose host has its volumes
     * elsewhere does not find it. Then the user has no name in the container, which few programs need.
     */
    private String createWith(ContainerRequest request, String users) {
        try {
            return make(request, Optional.of(users));
        } catch (EngineException e) {
            if (e.getMessage().contains(users)) {
                return createPlain(request);
            }
            throw e;
        }
    }

    private String createPlain(ContainerRequest request) {
        String id = make(request, Optional.empty());
        try {
            userEntry.add(id, request);
            return id;
        } catch (RuntimeException e) {
            removeUnknown(id, e);
            throw e;
        }
    }

    private String make(ContainerRequest request, Optional<String> users) {
        Callable<String> making = () -> {
            CreateContainerCmd command = client.createContainerCmd(request.image());
            requests.fill(command, request, users);
            return command.exec().getId();
        };
        return creation.make("create container " + request.name(), making, () -> findMade(request));
    }

    /** Removes a container whose id no caller knows yet. If that fails too, it can be found by its labels. */
    private void removeUnknown(String id, RuntimeException reason) {
        try {
            remove(id);
        } catch (RuntimeException e) {
            reason.addSuppressed(e);
        }
    }

    @Override
    public boolean canMount(Path directory) {
        return probe.sees(directory);
    }

    @Override
    public Optional<String> beside(String volume) {
        return Optional.empty();
    }

    @Override
    public Optional<String> problem(String id) {
        return Optional.empty();
    }

    @Override
    public void start(String id) {
        String call = "start container " + ShortIds.shown(id);
        calls.within(
                calls.startLimit(),
                call,
                unlessDone(() -> client.startContainerCmd(id).exec()));
    }

    @Override
    public void stop(String id, Duration grace) {
        String call = "stop container " + ShortIds.shown(id);
        int seconds = Math.toIntExact(grace.plusMillis(999).toSeconds());
        calls.within(
                grace.plus(calls.limit()),
                call,
                unlessDone(
                        () -> client.stopContainerCmd(id).withTimeout(seconds).exec()));
    }

    @Override
    public void remove(String id) {
        String call = "remove container " + ShortIds.shown(id);
        if (!calls.control(call, () -> removed(id))) {
            awaitGone(call, id);
        }
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
