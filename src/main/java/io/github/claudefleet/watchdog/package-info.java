/**
 * The process that outlives Maven by a moment: it detects Maven's death, however sudden, and removes the build's
 * fleets.
 * It also has the process that answers a rehearsal.
 */
package io.github.claudefleet.watchdog;
