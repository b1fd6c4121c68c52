/** Connects to the engine that the parameter {@code engine} names, by the adapter for it. */
package io.github.claudefleet.engines;
