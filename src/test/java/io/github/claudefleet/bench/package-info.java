/** Benchmarks of a fleet's start and stop against the engine itself: run by bin/bench, quoted by docs/benchmarks.md. */
package io.github.claudefleet.bench;
