/** Checks of everything that a fleet depends on, each with its finding and the command that fixes it. */
package io.github.claudefleet.doctor;
