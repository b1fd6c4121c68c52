package io.github.claudefleet.plan;

import io.github.claudefleet.spec.ImageSpec;

/**
 * Image that a fleet runs.
 *
 * @param reference name of the image; for a bundled image, one that identifies its whole recipe
 * @param spec source of the image
 */
public record ImageTarget(String reference, ImageSpec spec) {}
