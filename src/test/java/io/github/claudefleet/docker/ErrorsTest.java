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

class ErrorsTest {

    private static final String CALL = "create container x";

    private final Errors errors = new Errors("unix:///engine.sock");

    @Test
    void takes_the_engines_sentence_out_of_its_wrapping() {
        EngineException failure = translated(new NotFoundException("{\"message\":\"No such image: a:1\"}\n"));

        assertThat(failure).hasMessage("create container x: No such image: a:1");
        assertThat(failure.kind()).isEqualTo(Kind.NOT_FOUND);
        assertThat(failure.suggestion()).hasValue("Build or pull the image first.");
    }

    @Test
    void takes_text_that_is_not_wrapped_as_it_is() {
        assertThat(translated(new BadRequestException("plain words\n"))).hasMessage(CALL + ": plain words");
        assertThat(translated(new InternalServerErrorException(""))).hasMessage(CALL + ": HTTP status 500");
        assertThat(translated(new BadRequestException("[1]"))).hasMessage(CALL + ": [1]");
    }

    @ParameterizedTest
    @CsvSource({"400, FAILED", "403, CONFLICT", "404, NOT_FOUND", "409, CONFLICT", "500, FAILED", "507, FAILED"})
    void knows_the_kinds(int status, Kind kind) {
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
    void knows_by_its_words_what_podman_has_no_status_for(String detail, Kind kind) {
        assertThat(translated(new InternalServerErrorException(detail)).kind()).isEqualTo(kind);
    }

    @Test
    void says_what_to_do_about_a_full_disk_a_taken_name_and_a_missing_directory() {
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
    void a_lost_connection_is_unreachable_however_deep_it_is_wrapped() {
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
    void an_answer_that_is_not_understood_is_a_failure() {
        EngineException failure = translated(new RuntimeException(new JsonParseException(null, "unexpected <")));

        assertThat(failure.kind()).isEqualTo(Kind.FAILED);
        assertThat(failure).hasMessage(CALL + ": the answer is not what a Docker Engine says");
    }

    @Test
    void a_refused_upgrade_is_known_by_its_status() {
        IOException refusal = new IOException("Expected 101 Switching Protocols, got: HTTP/1.1 404 Not Found");

        assertThat(translated(new RuntimeException(refusal)).kind()).isEqualTo(Kind.NOT_FOUND);
    }

    @Test
    void what_docker_java_itself_refuses_is_a_failure_in_its_words() {
        assertThat(translated(new DockerClientException("Dockerfile is excluded")))
                .hasMessage(CALL + ": Dockerfile is excluded");
        assertThat(translated(new IllegalStateException())).hasMessage(CALL + ": IllegalStateException");
    }

    @Test
    void what_is_in_the_ports_words_already_stays_as_it_is() {
        RuntimeException known = new EngineException(Kind.TIMED_OUT, "a", "b", "", null);
        RuntimeException invalid = new InvalidSpecException("a", "b", "c");

        assertThat(errors.translate(CALL, new RuntimeException(known))).isSameAs(known);
        assertThat(errors.translate(CALL, invalid)).isSameAs(invalid);
    }

    private EngineException translated(Throwable failure) {
        return (EngineException) errors.translate(CALL, failure);
    }
}
