package io.github.claudefleet.docker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.github.claudefleet.engine.EngineException;
import io.github.claudefleet.spec.InvalidSpecException;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EngineAddressTest {

    @ParameterizedTest
    @CsvSource({
        "unix:///run/docker.sock, unix:///run/docker.sock",
        "' unix:///run/docker.sock ', unix:///run/docker.sock",
        "npipe:////./pipe/docker_engine, npipe:////./pipe/docker_engine",
        "tcp://build-host, tcp://build-host:2375",
        "tcp://10.0.0.1:1234, tcp://10.0.0.1:1234",
        "tcp://[::1]:1234, tcp://[::1]:1234",
        "tcp://host:1/prefix, tcp://host:1/prefix",
        "tcp://host:1/prefix/, tcp://host:1/prefix",
        "tcp://host:1/, tcp://host:1",
        "tcp://my_engine:1, tcp://my_engine:1",
        "my-engine:1, tcp://my-engine:1",
        "tcp://:1, tcp://localhost:1",
        "unix://, unix:///var/run/docker.sock",
        "unix:/run/docker.sock, unix:///run/docker.sock",
        "unix:///my home/100%/%20/ü.sock, unix:///my home/100%/%20/ü.sock",
    })
    void takesSocketsPipesAndTcp(String text, String address) {
        assertThat(EngineAddress.parse("engine", text, Optional::empty)).hasToString(address);
    }

    @Test
    void tcpWithCertificatesHasTheUsualTlsPort() {
        EngineAddress address = EngineAddress.parse("engine", "tcp://host", () -> Optional.of(Path.of("certificates")));

        assertThat(address).hasToString("tcp://host:2376");
        assertThat(address.certificates()).hasValue(Path.of("certificates"));
    }

    @Test
    void certificatesAreOfNoUseToASocket() {
        EngineAddress address = EngineAddress.parse("engine", "unix:///a", () -> {
            throw new IllegalStateException("nobody needs them");
        });

        assertThat(address.certificates()).isEmpty();
        assertThat(address.socket()).hasValue(Path.of("/a"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "/var/run/docker.sock | has no scheme",
                "unix://docker.sock   | has no absolute path",
                "unix:docker.sock     | has no absolute path",
                "unix://~/docker.sock | has no absolute path",
                "tcp://               | names no host",
                "tcp://[::1           | is not an address",
                "tcp://me@host:1      | is not an address",
                "tcp://host:0         | has no port from 1 to 65535",
                "tcp://host:99999     | has no port from 1 to 65535",
                "http://host:2375     | begins with http:",
                "not an address       | is not an address",
            })
    void refusesWhatIsNoAddressAndNamesTheParameter(String text, String problem) {
        InvalidSpecException failure = refusal("engine", text);

        assertThat(failure.parameter()).isEqualTo("engine");
        assertThat(failure).hasMessage("engine \"" + text + "\" " + problem);
        assertThat(failure.suggestion()).contains("unix:///var/run/docker.sock");
    }

    @Test
    void aSocketsPathIsTakenAsItStands() {
        EngineAddress address = EngineAddress.parse("engine", "unix:///my home/100%/%20/\u00fc.sock", Optional::empty);

        assertThat(address.socket()).hasValue(Path.of("/my home/100%/%20/\u00fc.sock"));
        assertThat(EngineAddress.parse("engine", address.toString(), Optional::empty))
                .isEqualTo(address);
        assertThat(EngineAddress.ofSocket(Path.of("/my home/100%/%20/\u00fc.sock")))
                .isEqualTo(address);
    }

    @Test
    void aNameThatJavaHasNoHostForIsLookedUpAndNamedWhereNobodyKnowsIt() {
        EngineAddress address = EngineAddress.parse("engine", "tcp://no_such_engine.invalid:1/x", Optional::empty);

        EngineException failure =
                catchThrowableOfType(EngineException.class, () -> EngineHost.reachable(address, "connect"));

        assertThat(failure).hasMessage("connect: there is no host no_such_engine.invalid");
    }

    @Test
    void aNameWithAnUnderscoreIsRefusedWhereACertificateWouldHaveToNameIt() {
        EngineAddress address =
                EngineAddress.parse("engine", "tcp://my_engine", () -> Optional.of(Path.of("certificates")));

        assertThat(catchThrowableOfType(InvalidSpecException.class, () -> EngineHost.reachable(address, "connect")))
                .hasMessage("engine \"tcp://my_engine:2376\" has a name with an underscore, which Java finds in no"
                        + " certificate");
    }

    @Test
    void refusesSshAndSaysHowToDoWithout() {
        InvalidSpecException failure = refusal("DOCKER_HOST", "ssh://me@build-host");

        assertThat(failure)
                .hasMessage("DOCKER_HOST \"ssh://me@build-host\" is reached over SSH, which is not supported");
        assertThat(failure.suggestion())
                .contains("ssh -nNT -L /tmp/docker.sock:/var/run/docker.sock ssh://me@build-host")
                .contains("-Dclaude-fleet.engine=unix:///tmp/docker.sock");
    }

    private static InvalidSpecException refusal(String parameter, String text) {
        InvalidSpecException failure = catchThrowableOfType(
                InvalidSpecException.class, () -> EngineAddress.parse(parameter, text, Optional::empty));
        assertThat(failure).isNotNull();
        return failure;
    }
}
