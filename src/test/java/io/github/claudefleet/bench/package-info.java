/** How fast a fleet comes and goes, against the engine itself: run by bin/bench, quoted by docs/benchmarks.md. */
package io.github.claudefleet.bench;
