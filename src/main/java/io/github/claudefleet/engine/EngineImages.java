package io.github.claudefleet.engine;

import java.util.Optional;

/** Images that an engine creates containers from. Failed calls throw an {@link EngineException}. */
public interface EngineImages {

    /**
     * Returns the image, if the engine has it.
     *
     * @param reference name of the image, or its id
     */
    Optional<ImageObservation> find(String reference);

    /**
     * Pulls an image from its registry. There is no limit to the total time.
     *
     * @param progress receives the state of the transfer, line by line
     * @throws EngineException of the kind {@code NOT_FOUND} if there is no such image, or none for this user
     */
    void pull(String reference, ProgressSink progress);

    /**
     * Builds an image. There is no limit to the total time.
     *
     * @param progress receives the builder's output, line by line
     */
    void build(BuildRequest request, ProgressSink progress);
}
