package io.github.claudefleet.engine;

import java.util.List;

/** Named volumes, on the engine's disk or in its memory. Failed calls throw an {@link EngineException}. */
public interface EngineVolumes {

    /** Returns the volumes that have the labels, sorted by name. */
    List<VolumeObservation> list(LabelSelector selector);

    /**
     * Creates a volume that the fleet owns. Accepts one of that name with the request's labels.
     *
     * @throws EngineException of the kind {@code CONFLICT} if the volume of that name has other labels
     */
    void create(VolumeRequest request);

    /**
     * Writes files of a volume, for containers that mount it read-only and are created later. Its other files stay.
     *
     * @throws UnsupportedOperationException if containers share volumes
     *     ({@link EngineCapability#SHARED_VOLUMES}): one of them gets the files then
     */
    void write(String name, List<UploadFile> files);

    /** Removes a volume. Accepts one that no longer exists. */
    void remove(String name);
}
