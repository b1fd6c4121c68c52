/** The process that outlives Maven by a moment: it hears of Maven's death, however sudden, and removes what was to end with the build. */
package io.github.claudefleet.watchdog;
