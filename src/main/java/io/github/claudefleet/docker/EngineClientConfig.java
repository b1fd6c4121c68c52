package io.github.claudefleet.docker;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.github.dockerjava.api.model.AuthConfig;
import com.github.dockerjava.api.model.AuthConfigurations;
import com.github.dockerjava.core.DefaultDockerClientConfig;
import com.github.dockerjava.core.DockerClientConfig;
import com.github.dockerjava.core.RemoteApiVersion;
import com.github.dockerjava.core.SSLConfig;
import java.net.URI;
import java.nio.file.Path;

/**
 * Configuration of docker-java for one engine. It ignores the environment and the current context, which have already
 * determined the address. It reads the registries' credentials only when an image needs them.
 */
final class EngineClientConfig implements DockerClientConfig {

    private final URI address;
    private final Path dockerConfig;
    private final ObjectMapper mapper;
    private final RemoteApiVersion version;
    private DockerClientConfig registries;

    /**
     * @param dockerConfig directory of {@code config.json}, for registry credentials
     * @param mapper mapper of the engine's JSON
     * @param version version of the API to use
     */
    EngineClientConfig(URI address, Path dockerConfig, ObjectMapper mapper, RemoteApiVersion version) {
        this.address = address;
        this.dockerConfig = dockerConfig;
        this.mapper = mapper;
        this.version = version;
    }

    @Override
    public URI getDockerHost() {
        return address;
    }

    @Override
    public RemoteApiVersion getApiVersion() {
        return version;
    }

    @Override
    public ObjectMapper getObjectMapper() {
        return mapper;
    }

    /** Returns nothing, as the transport has its own. */
    @Override
    @SuppressWarnings("deprecation")
    public SSLConfig getSSLConfig() {
        return null;
    }

    @Override
    public String getRegistryUsername() {
        return registries().getRegistryUsername();
    }

    @Override
    public String getRegistryPassword() {
        return registries().getRegistryPassword();
    }

    @Override
    public String getRegistryEmail() {
        return registries().getRegistryEmail();
    }

    @Override
    public String getRegistryUrl() {
        return registries().getRegistryUrl();
    }

    @Override
    public AuthConfig effectiveAuthConfig(String imageName) {
        return registries().effectiveAuthConfig(imageName);
    }

    @Override
    public AuthConfigurations getAuthConfigurations() {
        return registries().getAuthConfigurations();
    }

    private synchronized DockerClientConfig registries() {
        if (registries == null) {
            registries = new DefaultDockerClientConfig.Builder()
                    .withDockerHost(address.toString())
                    .withDockerConfig(dockerConfig.toString())
                    .withDockerContext("default")
                    .withDockerTlsVerify(false)
                    .withApiVersion(version)
                    .build();
        }
        return registries;
    }
}
