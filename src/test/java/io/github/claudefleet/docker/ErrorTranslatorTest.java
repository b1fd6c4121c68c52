package io.github.claudefleet.docker;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonParseException;
import com.github.dockerjava.api.exception.BadRequestException;
import com.github.dockerjava.api.exception.ConflictException;
import com.github.dockerjava.api.exception.DockerClientException;
import com.github.dockerjava.api.exception.DockerException;
import com.github.dockerjava.api.exception.InternalServerErrorException;
import com.github.dockerjava.api.exception.NotFoundException;
import io.github.claudefleet.engine.EngineException;
import io.github.claudefleet.engine.EngineException.Kind;
import io.github.claudefleet.spec.InvalidSpecException;
import java.io.IOException;
import java.net.ConnectException;
import java.nio.channels.ClosedChannelException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ErrorTranslatorTest {

    private static final String CALL = "create container x";

    private final ErrorTranslator errors = new ErrorTranslator("unix:///engine.sock");

    @Test
    void takesTheEnginesSentenceOutOfItsWrapping() {
        EngineException failure = translated(new NotFoundException("{\"message\":\"No such image: a:1\"}\n"));

        assertThat(failure).hasMessage("create container x: No such image: a:1");
        assertThat(failure.kind()).isEqualTo(Kind.NOT_FOUND);
        assertThat(failure.suggestion()).hasValue("Build or pull the image first.");
    }

    @Test
    void takesTextThatIsNotWrappedAsItIs() {
        assertThat(translated(new BadRequestException("plain words\n"))).hasMessage(CALL + ": plain words");
        assertThat(translated(new InternalServerErrorException(""))).hasMessage(CALL + ": HTTP status 500");
        assertThat(translated(new BadRequestException("[1]"))).hasMessage(CALL + ": [1]");
    }

    @ParameterizedTest
    @CsvSource({"400, FAILED", "403, CONFLICT", "404, NOT_FOUND", "409, CONFLICT", "500, FAILED", "507, FAILED"})
    void knowsTheKinds(int status, Kind kind) {
        assertThat(translated(new DockerException("{\"message\":\"no\"}", status))
                        .kind())
                .isEqualTo(kind);
    }

    @ParameterizedTest
    @CsvSource({
        "unable to find network with name or ID x: network not found, NOT_FOUND",
        "can only create exec sessions on running containers: container state improper, CONFLICT",
        "network name x already used: network already exists, CONFLICT",
        "the container name \"x\" is already in use by 1: that name is already in use, CONFLICT",
        "volume x is being used by the following container(s): 1: volume is being used, CONFLICT",
        "container x already exists somewhere, FAILED"
    })
    void knowsByItsWordsWhatPodmanHasNoStatusFor(String detail, Kind kind) {
        assertThat(translated(new InternalServerErrorException(detail)).kind()).isEqualTo(kind);
    }

    @Test
    void saysWhatToDoAboutAFullDiskATakenNameAndAMissingDirectory() {
        assertThat(translated(new InternalServerErrorException("write /x: no space left on device"))
                        .suggestion())
                .hasValueSatisfying(text -> assertThat(text).contains("docker system df"));
        assertThat(translated(new ConflictException("The container name \"/x\" is already in use by container \"1\"."))
                        .suggestion())
                .hasValueSatisfying(text -> assertThat(text).contains("another name"));
        assertThat(translated(new BadRequestException("bind source path does not exist: /x"))
                        .suggestion())
                .hasValueSatisfying(text -> assertThat(text).contains("must exist"));
    }

    @Test
    void aLostConnectionIsUnreachableHoweverDeepItIsWrapped() {
        for (IOException cause : new IOException[] {
            new ConnectException("Connection refused"), new ClosedChannelException(), new IOException("Broken pipe")
        }) {
            EngineException failure = translated(new RuntimeException(new RuntimeException(cause)));

            assertThat(failure.kind()).isEqualTo(Kind.UNREACHABLE);
            assertThat(failure).hasMessageStartingWith(CALL + ": no connection to the engine at unix:///engine.sock (");
            assertThat(failure.suggestion()).isPresent();
        }
    }

    @Test
    void anAnswerThatIsNotUnderstoodIsAFailure() {
        EngineException failure = translated(new RuntimeException(new JsonParseException(null, "unexpected <")));

        assertThat(failure.kind()).isEqualTo(Kind.FAILED);
        assertThat(failure).hasMessage(CALL + ": the answer is not what a Docker Engine says");
    }

    @Test
    void aRefusedUpgradeIsKnownByItsStatus() {
        IOException refusal = new IOException("Expected 101 Switching Protocols, got: HTTP/1.1 404 Not Found");

        assertThat(translated(new RuntimeException(refusal)).kind()).isEqualTo(Kind.NOT_FOUND);
    }

    @Test
    void whatDockerJavaItselfRefusesIsAFailureInItsWords() {
        assertThat(translated(new DockerClientException("Dockerfile is excluded")))
                .hasMessage(CALL + ": Dockerfile is excluded");
        assertThat(translated(new IllegalStateException())).hasMessage(CALL + ": IllegalStateException");
    }

    @Test
    void whatIsInThePortsWordsAlreadyStaysAsItIs() {
        RuntimeException known = new EngineException(Kind.TIMED_OUT, "a", "b", "", null);
        RuntimeException invalid = new InvalidSpecException("a", "b", "c");

        assertThat(errors.translate(CALL, new RuntimeException(known))).isSameAs(known);
        assertThat(errors.translate(CALL, invalid)).isSameAs(invalid);
    }

    private EngineException translated(Throwable failure) {
        return (EngineException) errors.translate(CALL, failure);
    }
}
