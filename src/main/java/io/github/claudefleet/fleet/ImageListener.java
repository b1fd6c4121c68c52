package io.github.claudefleet.fleet;

import io.github.claudefleet.plan.Plan;
import java.time.Duration;

/** Listener to the build or pull of images. */
public interface ImageListener {

    /** Reports that an image is being built or pulled, which can take minutes. */
    default void imageBegun(Plan.Step step) {}

    /** Reports a line of the engine's build or pull output. */
    default void imageProgress(String line) {}

    /** Reports the current progress of an image, and the time since it began. */
    default void imageAt(String reference, String line, Duration since) {}

    /** Reports that the image is ready. */
    default void imageReady(String reference, Duration took) {}
}
