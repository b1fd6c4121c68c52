/**
 * The port: what a fleet asks of a container engine, in the fleet's words. Requests and observations are records; a
 * second engine implements {@link io.github.claudefleet.engine.ContainerEngine} and nothing else changes.
 */
package io.github.claudefleet.engine;
