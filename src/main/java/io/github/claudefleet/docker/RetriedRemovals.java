package io.github.claudefleet.docker;

import io.github.claudefleet.engine.ContainerEngine;
import io.github.claudefleet.engine.ContainerFiles;
import io.github.claudefleet.engine.ContainerLogs;
import io.github.claudefleet.engine.ContainerObservation;
import io.github.claudefleet.engine.ContainerProcesses;
import io.github.claudefleet.engine.ContainerRequest;
import io.github.claudefleet.engine.EngineContainers;
import io.github.claudefleet.engine.EngineException;
import io.github.claudefleet.engine.EngineImages;
import io.github.claudefleet.engine.EngineInfo;
import io.github.claudefleet.engine.EngineNetworks;
import io.github.claudefleet.engine.EngineVolumes;
import io.github.claudefleet.engine.LabelSelector;
import io.github.claudefleet.engine.LogStream;
import io.github.claudefleet.engine.NetworkObservation;
import io.github.claudefleet.engine.NetworkRequest;
import io.github.claudefleet.engine.NetworkUse;
import io.github.claudefleet.engine.UploadFile;
import io.github.claudefleet.engine.VolumeObservation;
import io.github.claudefleet.engine.VolumeRequest;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Retries stops and removals, as a temporary failure would leave resources behind for good. Retries nothing else. */
final class RetriedRemovals implements ContainerEngine {

    /** Pauses between attempts. A restarted engine is back after two to five seconds. */
    private static final List<Duration> PAUSES = List.of(
            Duration.ofMillis(250),
            Duration.ofMillis(500),
            Duration.ofSeconds(1),
            Duration.ofSeconds(2),
            Duration.ofSeconds(4));

    private final ContainerEngine engine;
    private final Duration patience;
    private final EngineContainers containers;
    private final EngineNetworks networks;
    private final EngineVolumes volumes;

    /** @param patience time after which there is no further attempt */
    RetriedRemovals(ContainerEngine engine, Duration patience) {
        this.engine = engine;
        this.patience = patience;
        this.containers = new Containers(engine.containers());
        this.networks = new Networks(engine.networks());
        this.volumes = new Volumes(engine.volumes());
    }

    @Override
    public EngineInfo info() {
        return engine.info();
    }

    @Override
    public EngineContainers containers() {
        return containers;
    }

    @Override
    public EngineImages images() {
        return engine.images();
    }

    @Override
    public EngineNetworks networks() {
        return networks;
    }

    @Override
    public EngineVolumes volumes() {
        return volumes;
    }

    @Override
    public ContainerFiles files() {
        return engine.files();
    }

    @Override
    public ContainerProcesses processes() {
        return engine.processes();
    }

    @Override
    public ContainerLogs logs() {
        return engine.logs();
    }

    @Override
    public LogStream monitor() {
        return engine.monitor();
    }

    @Override
    public void close() {
        engine.close();
    }

    private void stubbornly(String call, Runnable removal) {
        long end = System.nanoTime() + patience.toNanos();
        for (Duration pause : PAUSES) {
            try {
                removal.run();
                return;
            } catch (EngineException e) {
                if (!mayPass(e) || System.nanoTime() > end) {
                    throw e;
                }
            }
            TimedCalls.sleep(call, pause);
        }
        removal.run();
    }

    /** Returns true if the failure may be temporary. An engine that refuses a call will refuse it again. */
    private static boolean mayPass(EngineException e) {
        return switch (e.kind()) {
            case UNREACHABLE, TIMED_OUT, FAILED -> !Thread.currentThread().isInterrupted();
            case NOT_FOUND, CONFLICT -> false;
        };
    }

    /** Retries stops and removals of containers. */
    private final class Containers implements EngineContainers {

        private final EngineContainers inner;

        Containers(EngineContainers inner) {
            this.inner = inner;
        }

        @Override
        public List<ContainerObservation> list(LabelSelector selector) {
            return inner.list(selector);
        }

        @Override
        public List<Map<String, String>> labels(LabelSelector selector) {
            return inner.labels(selector);
        }

        @Override
        public Optional<ContainerObservation> find(String id) {
            return inner.find(id);
        }

        @Override
        public String create(ContainerRequest request) {
            return inner.create(request);
        }

        @Override
        public boolean canMount(Path directory) {
            return inner.canMount(directory);
        }

        @Override
        public Optional<String> beside(String volume) {
            return inner.beside(volume);
        }

        @Override
        public Optional<String> problem(String id) {
            return inner.problem(id);
        }

        @Override
        public void start(String id) {
            inner.start(id);
        }

        @Override
        public void stop(String id, Duration grace) {
            stubbornly("stop container " + ShortIds.shown(id), () -> inner.stop(id, grace));
        }

        @Override
        public void remove(String id) {
            stubbornly("remove container " + ShortIds.shown(id), () -> inner.remove(id));
        }
    }

    /** Retries removals of networks. */
    private final class Networks implements EngineNetworks {

        private final EngineNetworks inner;

        Networks(EngineNetworks inner) {
            this.inner = inner;
        }

        @Override
        public List<NetworkObservation> list(LabelSelector selector) {
            return inner.list(selector);
        }

        @Override
        public Optional<NetworkUse> find(String name) {
            return inner.find(name);
        }

        @Override
        public String create(NetworkRequest request) {
            return inner.create(request);
        }

        @Override
        public void remove(String id) {
            stubbornly("remove network " + ShortIds.shown(id), () -> inner.remove(id));
        }
    }

    /** Retries removals of volumes. */
    private final class Volumes implements EngineVolumes {

        private final EngineVolumes inner;

        Volumes(EngineVolumes inner) {
            this.inner = inner;
        }

        @Override
        public List<VolumeObservation> list(LabelSelector selector) {
            return inner.list(selector);
        }

        @Override
        public void create(VolumeRequest request) {
            inner.create(request);
        }

        @Override
        public void write(String name, List<UploadFile> files) {
            inner.write(name, files);
        }

        @Override
        public void remove(String name) {
            stubbornly("remove volume " + name, () -> inner.remove(name));
        }
    }
}
