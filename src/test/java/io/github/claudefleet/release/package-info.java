/** Builds the release and checks everything that is published. */
package io.github.claudefleet.release;
