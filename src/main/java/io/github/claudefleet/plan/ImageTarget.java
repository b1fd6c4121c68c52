package io.github.claudefleet.plan;

import io.github.claudefleet.spec.ImageSpec;

/**
 * The image that a fleet is to run.
 *
 * @param reference its name; of a bundled image, one that tells its whole recipe
 * @param spec where it comes from
 */
public record ImageTarget(String reference, ImageSpec spec) {}
