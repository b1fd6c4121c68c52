/** Configuration from the pom: beans that may be partly filled, and their conversion to a {@code FleetSpec}. */
package io.github.claudefleet.config;
