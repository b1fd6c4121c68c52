/** The goal {@code init}: writes the plugin into an existing pom, without changing its other bytes, and prompt files. */
package io.github.claudefleet.init;
