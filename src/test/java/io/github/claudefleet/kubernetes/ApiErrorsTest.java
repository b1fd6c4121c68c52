package io.github.claudefleet.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fabric8.kubernetes.api.model.Status;
import io.fabric8.kubernetes.api.model.StatusBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.github.claudefleet.engine.EngineException;
import io.github.claudefleet.engine.EngineException.Kind;
import java.io.IOException;
import java.net.ConnectException;
import java.net.http.HttpTimeoutException;
import org.junit.jupiter.api.Test;

class ApiErrorsTest {

    private final ApiErrors errors = new ApiErrors("https://cluster:6443/", "team");

    @Test
    void anAnswerGivesTheKindAndItsOwnMessage() {
        EngineException conflict = answered(409, "pods \"a\" already exists");

        assertThat(conflict.kind()).isEqualTo(Kind.CONFLICT);
        assertThat(conflict).hasMessage("create pod a: pods \"a\" already exists");
        assertThat(answered(404, "pods \"a\" not found").kind()).isEqualTo(Kind.NOT_FOUND);
        assertThat(answered(500, "etcd is away").kind()).isEqualTo(Kind.FAILED);
        assertThat(answered(504, "too late").kind()).isEqualTo(Kind.TIMED_OUT);
    }

    @Test
    void aRefusalTellsTheNextStep() {
        assertThat(answered(403, "pods \"a\" is forbidden: exceeded quota: small, requested: pods=1")
                        .suggestion())
                .hasValueSatisfying(next -> assertThat(next).contains("the quota of the namespace team"));
        assertThat(answered(403, "pods is forbidden: User \"ann\" cannot create resource \"pods\"")
                        .suggestion())
                .hasValue("Have somebody grant you that right in the namespace team.");
        assertThat(answered(403, "unable to create new content in namespace team because it is being terminated")
                        .suggestion())
                .hasValueSatisfying(next -> assertThat(next).contains("is being deleted"));
        assertThat(answered(404, "namespaces \"team\" not found").suggestion())
                .hasValue("Create the namespace team, or configure another.");
        assertThat(answered(409, "object is being deleted: pods \"a\" already exists")
                        .suggestion())
                .isPresent();
        assertThat(answered(401, "Unauthorized").suggestion()).isPresent();
        assertThat(answered(422, "spec.containers[0].image: Required value").suggestion())
                .isEmpty();
    }

    @Test
    void noAnswerIsALostConnectionOrALimitThatPassed() {
        assertThat(unanswered(new IOException("refused")).kind()).isEqualTo(Kind.UNREACHABLE);
        assertThat(unanswered(new IOException("refused"))).hasMessageContaining("https://cluster:6443/ (refused)");
        assertThat(unanswered(new ConnectException()))
                .hasMessageContaining("https://cluster:6443/ (nothing answers there)");
        assertThat(unanswered(new IOException())).hasMessageContaining("https://cluster:6443/ (the connection ended)");
        assertThat(unanswered(new HttpTimeoutException("late")).kind()).isEqualTo(Kind.TIMED_OUT);
        assertThat(unanswered(new IllegalStateException("odd")).kind()).isEqualTo(Kind.FAILED);
    }

    @Test
    void aCallPassesItsResultAndOtherExceptionsOn() {
        assertThat(errors.call("read pod a", () -> "here")).isEqualTo("here");
        assertThatThrownBy(() -> errors.call("read pod a", () -> {
                    throw new IllegalStateException("a bug");
                }))
                .isInstanceOf(IllegalStateException.class);
    }

    private EngineException answered(int code, String message) {
        Status status = new StatusBuilder().withMessage(message).withCode(code).build();
        return errors.translate("create pod a", new KubernetesClientException(message, code, status));
    }

    private EngineException unanswered(Exception cause) {
        return errors.translate("create pod a", new KubernetesClientException("An error has occurred.", cause));
    }
}
