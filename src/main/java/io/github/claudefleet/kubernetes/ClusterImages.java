package io.github.claudefleet.kubernetes;

import io.github.claudefleet.engine.BuildRequest;
import io.github.claudefleet.engine.EngineImages;
import io.github.claudefleet.engine.ImageObservation;
import io.github.claudefleet.engine.ProgressSink;
import java.util.Optional;

/** Images of a cluster, of which it has no list: its nodes pull them with the pods. */
final class ClusterImages implements EngineImages {

    @Override
    public Optional<ImageObservation> find(String reference) {
        return Optional.empty();
    }

    @Override
    public void pull(String reference, ProgressSink progress) {
        throw new UnsupportedOperationException("nodes pull images with the pods");
    }

    @Override
    public void build(BuildRequest request, ProgressSink progress) {
        throw new UnsupportedOperationException("a cluster builds no images");
    }
}
