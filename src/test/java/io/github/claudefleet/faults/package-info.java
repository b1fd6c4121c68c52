/** An engine that fails on purpose: a proxy on its socket, and what becomes of goals behind it. */
package io.github.claudefleet.faults;
