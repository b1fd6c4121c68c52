/**
 * The process that outlives Maven by a moment: it detects Maven's death, however sudden, and removes the build's
 * fleets.
 */
package io.github.claudefleet.watchdog;
