/** Tests with an engine that fails on purpose, through a proxy on its socket, and the outcomes of the goals. */
package io.github.claudefleet.faults;
