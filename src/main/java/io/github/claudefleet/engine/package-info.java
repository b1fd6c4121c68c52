/**
 * Port to container engines, in the fleet's terms. Requests and observations are records. A second engine needs only an
 * implementation of {@link io.github.claudefleet.engine.ContainerEngine}.
 */
package io.github.claudefleet.engine;
