/**
 * The adapter to Docker Engine (and what speaks its API, such as Podman). docker-java is imported here and nowhere
 * else; the way in is {@link io.github.claudefleet.docker.DockerEngines}.
 */
package io.github.claudefleet.docker;
