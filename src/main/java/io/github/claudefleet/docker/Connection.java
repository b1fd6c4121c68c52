package io.github.claudefleet.docker;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.model.Info;
import com.github.dockerjava.api.model.Version;
import com.github.dockerjava.core.DefaultDockerClientConfig;
import com.github.dockerjava.core.DockerClientImpl;
import com.github.dockerjava.core.LocalDirectorySSLConfig;
import com.github.dockerjava.core.RemoteApiVersion;
import com.github.dockerjava.transport.DockerHttpClient;
import com.github.dockerjava.transport.SSLConfig;
import com.github.dockerjava.zerodep.ZerodepDockerHttpClient;
import io.github.claudefleet.engine.EngineException;
import io.github.claudefleet.engine.EngineException.Kind;
import io.github.claudefleet.engine.EngineInfo;
import io.github.claudefleet.spec.InvalidSpecException;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/**
 * A line to one engine that has answered.
 *
 * @param http what carries it
 * @param client docker-java, speaking the version that was agreed on
 * @param calls gives calls their deadline
 * @param errors words for what fails on it
 * @param info what answered
 */
record Connection(DockerHttpClient http, DockerClient client, TimedCalls calls, ErrorTranslator errors, EngineInfo info)
        implements AutoCloseable {

    static final String CALL = "connect to the engine";

    private static final Duration CONNECT_LIMIT = Duration.ofSeconds(10);
    /** Each log that is followed and each command that is talked to holds one; where none is left, calls hang. */
    private static final int MOST_CONNECTIONS = 4096;

    /**
     * Connects, asks for the versions and agrees on one.
     *
     * @param dockerConfig the folder of {@code config.json}, for registry credentials
     * @param answerLimit how long each answer may take until it is clear that an engine is there
     * @param limit how long a control call may take afterwards
     * @throws InvalidSpecException if the certificates are none
     * @throws EngineException if no Docker Engine answers there within the limit
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
            return new Connection(http, client, calls, errors, info(address, version, spoken, info));
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
        URI host = EngineHost.reachable(address);
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

    /** On TCP the mere presence of a configuration means TLS; a socket speaks none, whatever it is given. */
    private static Optional<SSLConfig> tls(EngineAddress address) {
        return address.certificates()
                .<SSLConfig>map(directory -> new LocalDirectorySSLConfig(directory.toString()))
                .or(() -> address.socket().map(socket -> NoTls::new));
    }

    /** The environment and the current context are left out: they had their say when the address was chosen. */
    private static DockerClient client(
            EngineAddress address, Path dockerConfig, DockerHttpClient http, RemoteApiVersion version) {
        DefaultDockerClientConfig config = new DefaultDockerClientConfig.Builder()
                .withDockerHost(address.uri().toString())
                .withDockerConfig(dockerConfig.toString())
                .withDockerContext("default")
                .withDockerTlsVerify(false)
                .withApiVersion(version)
                .build();
        return DockerClientImpl.getInstance(config, http);
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
                UserMappings.of(version, info));
    }

    private static void close(DockerHttpClient http, TimedCalls calls) {
        calls.close();
        try {
            http.close();
        } catch (IOException e) {
            // The connections are given up; how they take that is of no interest.
        }
    }
}
