package io.github.claudefleet.docker;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.model.Info;
import com.github.dockerjava.api.model.Version;
import com.github.dockerjava.core.DockerClientImpl;
import com.github.dockerjava.core.LocalDirectorySSLConfig;
import com.github.dockerjava.core.RemoteApiVersion;
import com.github.dockerjava.transport.DockerHttpClient;
import com.github.dockerjava.transport.SSLConfig;
import com.github.dockerjava.zerodep.ZerodepDockerHttpClient;
import io.github.claudefleet.engine.EngineCapability;
import io.github.claudefleet.engine.EngineException;
import io.github.claudefleet.engine.EngineException.Kind;
import io.github.claudefleet.engine.EngineInfo;
import io.github.claudefleet.spec.InvalidSpecException;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Connection to one engine that has answered.
 *
 * @param http transport
 * @param client docker-java client with the negotiated API version
 * @param calls time limits of calls
 * @param errors translator of failures on this connection
 * @param info version and resources of the engine
 * @param isHere true if the engine runs on this machine for sure
 */
record Connection(
        DockerHttpClient http,
        DockerClient client,
        TimedCalls calls,
        ErrorTranslator errors,
        EngineInfo info,
        boolean isHere)
        implements AutoCloseable {

    static final String CALL = "connect to the engine";

    private static final Duration CONNECT_LIMIT = Duration.ofSeconds(10);
    /** Size of the connection pool. Each followed log or exec session holds one; calls hang when none is left. */
    private static final int MOST_CONNECTIONS = 4096;

    /**
     * Connects, reads the engine's versions and negotiates one.
     *
     * @param dockerConfig directory of {@code config.json}, for registry credentials
     * @param answerLimit time limit of each answer until the engine is known to respond
     * @param limit time limit of a control call afterwards
     * @throws InvalidSpecException if the certificates are invalid
     * @throws EngineException if no Docker Engine answers at the address within the limit
     */
    static Connection open(EngineAddress address, Path dockerConfig, Duration answerLimit, Duration limit) {
        ErrorTranslator errors = new ErrorTranslator(address.toString());
        TimedCalls calls = new TimedCalls(errors, limit);
        DockerHttpClient http = http(address);
        try {
            DockerClient unversioned = client(address, dockerConfig, http, RemoteApiVersion.unknown());
            Version version = calls.within(
                    answerLimit, CALL, () -> unversioned.versionCmd().exec());
            RemoteApiVersion spoken = agree(version);
            DockerClient client = client(address, dockerConfig, http, spoken);
            Info info = calls.within(answerLimit, CALL, () -> client.infoCmd().exec());
            return new Connection(
                    http,
                    client,
                    calls,
                    errors,
                    info(address, version, spoken, info),
                    DirectoryProbe.isHere(address, info.getName()));
        } catch (RuntimeException e) {
            close(http, calls);
            throw e;
        }
    }

    @Override
    public void close() {
        close(http, calls);
    }

    private static DockerHttpClient http(EngineAddress address) {
        URI host = EngineHost.reachable(address, CALL);
        ZerodepDockerHttpClient.Builder builder = new ZerodepDockerHttpClient.Builder()
                .dockerHost(host)
                .connectionTimeout(CONNECT_LIMIT)
                .maxConnections(MOST_CONNECTIONS);
        tls(address).ifPresent(builder::sslConfig);
        try {
            return builder.build();
        } catch (RuntimeException e) {
            throw new InvalidSpecException(
                    "TLS certificates",
                    address.certificates()
                                    .map(directory -> "in " + directory + " ")
                                    .orElse("") + "can't be used: "
                            + ErrorTranslator.words(ErrorTranslator.innermost(e)),
                    "ca.pem, cert.pem and key.pem must be in PEM form, the key without a password.");
        }
    }

    /**
     * Returns the TLS settings. On TCP, docker-java uses TLS if there is a configuration; on a socket it never does.
     */
    private static Optional<SSLConfig> tls(EngineAddress address) {
        return address.certificates()
                .<SSLConfig>map(directory -> new LocalDirectorySSLConfig(directory.toString()))
                .or(() -> address.socket().map(socket -> NoTls::new));
    }

    private static DockerClient client(
            EngineAddress address, Path dockerConfig, DockerHttpClient http, RemoteApiVersion version) {
        return DockerClientImpl.getInstance(
                new EngineClientConfig(address.uri(), dockerConfig, EngineJson.mapper(), version), http);
    }

    private static RemoteApiVersion agree(Version version) {
        try {
            return ApiVersions.negotiate(String.valueOf(version.getApiVersion()), version.getMinAPIVersion());
        } catch (IllegalArgumentException e) {
            throw new EngineException(Kind.FAILED, CALL, "it names no version of Docker's API", "", e);
        }
    }

    private static EngineInfo info(EngineAddress address, Version version, RemoteApiVersion spoken, Info info) {
        return new EngineInfo(
                address.toString(),
                String.valueOf(version.getVersion()),
                spoken.getVersion(),
                info.getNCPU() == null ? 1 : info.getNCPU(),
                info.getMemTotal() == null ? 0 : info.getMemTotal(),
                Optional.ofNullable(info.getDockerRootDir()),
                UserMappings.of(version, info),
                Optional.ofNullable(info.getRuntimes()).map(Map::keySet).orElse(Set.of()),
                UserMappings.isPodman(version),
                EngineCapability.ALL);
    }

    private static void close(DockerHttpClient http, TimedCalls calls) {
        calls.close();
        try {
            http.close();
        } catch (IOException e) {
            // The connections are discarded, so a failure to close them does not matter.
        }
    }
}
