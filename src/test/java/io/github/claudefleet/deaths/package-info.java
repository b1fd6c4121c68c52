/** Builds that die, in each way and at each point, and what is left of their fleets: nothing. Run by {@code bin/test --all}. */
package io.github.claudefleet.deaths;
