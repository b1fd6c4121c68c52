/** What a pom binds: beans that can be filled in part, and their one way to a {@code FleetSpec}. */
package io.github.claudefleet.config;
