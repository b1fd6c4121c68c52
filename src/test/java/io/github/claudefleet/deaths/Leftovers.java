package io.github.claudefleet.deaths;

import io.github.claudefleet.it.MavenRun;
import java.time.Duration;

/**
 * State after a killed build.
 *
 * @param goneAfter time from its end until nothing of it was on the engine
 * @param results number of readable result files
 * @param run Maven's exit status and output
 */
record Leftovers(Duration goneAfter, int results, MavenRun run) {}
