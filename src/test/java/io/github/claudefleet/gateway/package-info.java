/** The gateway on real engines: an attacker within an agent's container, and the world that must not hear of it. */
package io.github.claudefleet.gateway;
