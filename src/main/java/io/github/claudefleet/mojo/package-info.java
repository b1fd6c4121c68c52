/** The goals. Each checks if it applies, reads its configuration, calls the fleet and translates errors. */
package io.github.claudefleet.mojo;
