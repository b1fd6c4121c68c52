/**
 * Port to container engines, in the fleet's terms. Requests and observations are records. A second engine needs only an
 * implementation of {@link io.github.claudefleet.engine.ContainerEngine} and of the interfaces for each kind of object.
 */
package io.github.claudefleet.engine;
