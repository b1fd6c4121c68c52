/**
 * Adapter to Docker Engine and engines with its API, such as Podman. Only this package imports docker-java. Its entry
 * point is {@link io.github.claudefleet.docker.DockerEngines}.
 */
package io.github.claudefleet.docker;
