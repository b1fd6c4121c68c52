package io.github.claudefleet.deaths;

import io.github.claudefleet.it.MavenRun;
import java.time.Duration;

/**
 * What a build left.
 *
 * @param goneAfter how long after its end nothing of it was on the engine
 * @param results how many files of results could be read
 * @param run what it said
 */
record Leftovers(Duration goneAfter, int results, MavenRun run) {}
