/** Benchmarks of a fleet, run by bin/bench and quoted by docs/benchmarks.md. */
package io.github.claudefleet.bench;
