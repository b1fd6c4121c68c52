/** The goals: each guards, reads its configuration, hands over to the fleet, and translates what goes wrong. */
package io.github.claudefleet.mojo;
