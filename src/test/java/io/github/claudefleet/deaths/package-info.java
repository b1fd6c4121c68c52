/**
 * Tests that kill builds in each way and at each point, and check that nothing of their fleets is left. Run by
 * {@code bin/test --all}.
 */
package io.github.claudefleet.deaths;
