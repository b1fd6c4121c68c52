/** Checks of everything that a fleet stands on, each with what it found and the command that mends it. */
package io.github.claudefleet.doctor;
