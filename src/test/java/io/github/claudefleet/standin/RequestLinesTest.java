package io.github.claudefleet.standin;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.claudefleet.engine.EngineException;
import io.github.claudefleet.engine.ExecSession;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class RequestLinesTest {

    private static final String REQUEST = """
            {"id":%d,"method":"POST","target":"/v1/messages?beta=true","headers":{"host":"stand-in:8377"},"body":"%s"}\
            """;

    private final Replies replies = new Replies();
    private final BlockingQueue<Request> asked = new LinkedBlockingQueue<>();
    private final RequestLines lines = new RequestLines(request -> {
        asked.add(request);
        if (request.body().equals("bad")) {
            throw new IllegalArgumentException("no JSON");
        }
        return Reply.text(200, "text/plain", "echo " + request.body())
                .after(request.body().equals("slow") ? 300 : 0);
    });

    @AfterEach
    void close() {
        lines.close();
    }

    @Test
    void aRequestIsAnsweredUnderItsNumber() throws InterruptedException {
        lines.replyTo(replies);
        lines.line(REQUEST.formatted(7, "hello"));
        JsonObject reply = replies.next();

        assertThat(reply.number("id", 0)).isEqualTo(7);
        assertThat(reply.number("status", 0)).isEqualTo(200);
        assertThat(reply.text("body")).isEqualTo("echo hello");
        assertThat(reply.object("headers").text("Content-Type")).isEqualTo("text/plain");
        assertThat(reply.object("headers").text("request-id")).startsWith("req_");
        Request request = asked.remove();
        assertThat(request.method()).isEqualTo("POST");
        assertThat(request.path()).isEqualTo("/v1/messages");
        assertThat(request.host()).isEqualTo("stand-in:8377");
        assertThat(request.headers()).isEqualTo(Map.of("host", "stand-in:8377"));
    }

    @Test
    void aRequestThatIsNoneIsRefusedWithTheReason() throws InterruptedException {
        lines.replyTo(replies);
        lines.line(REQUEST.formatted(1, "bad"));
        JsonObject reply = replies.next();

        assertThat(reply.number("status", 0)).isEqualTo(400);
        assertThat(reply.text("body")).contains("invalid_request_error", "no JSON");
    }

    @Test
    void aSlowReplyDoesNotHoldUpAnother() throws InterruptedException {
        lines.replyTo(replies);
        lines.line(REQUEST.formatted(1, "slow"));
        lines.line(REQUEST.formatted(2, "quick"));

        assertThat(replies.next().number("id", 0)).isEqualTo(2);
        assertThat(replies.next().number("id", 0)).isEqualTo(1);
    }

    @Test
    void aRequestMayComeBeforeTheConnectionIsKnown() throws InterruptedException {
        lines.line(REQUEST.formatted(1, "early"));
        assertThat(asked.poll(10, TimeUnit.SECONDS)).isNotNull();
        lines.replyTo(replies);

        assertThat(replies.next().text("body")).isEqualTo("echo early");
    }

    @Test
    void aLostConnectionCostsItsRequestsAlone() throws InterruptedException {
        CountDownLatch tried = new CountDownLatch(1);
        lines.replyTo(new Replies() {
            @Override
            public void send(String line) {
                tried.countDown();
                throw new EngineException(EngineException.Kind.UNREACHABLE, "send", "broken pipe", "", null);
            }
        });
        lines.line(REQUEST.formatted(1, "lost"));
        assertThat(tried.await(10, TimeUnit.SECONDS)).isTrue();
        lines.replyTo(replies);
        lines.line(REQUEST.formatted(2, "kept"));

        assertThat(replies.next().text("body")).isEqualTo("echo kept");
    }

    @Test
    void aSignOfLifeIsHeardAndNotAnswered() throws InterruptedException {
        lines.replyTo(replies);
        assertThat(lines.takeSuccess()).isFalse();
        Thread.sleep(30);
        assertThat(lines.silence()).isGreaterThanOrEqualTo(Duration.ofMillis(30));

        lines.line("{}");
        assertThat(lines.silence()).isLessThan(Duration.ofSeconds(10));
        assertThat(lines.takeSuccess()).isTrue();
        assertThat(lines.takeSuccess()).isFalse();
        lines.line(REQUEST.formatted(3, "first"));
        assertThat(replies.next().number("id", 0)).isEqualTo(3);
    }

    @Test
    void aLineAfterTheEndIsIgnored() {
        lines.replyTo(replies);
        lines.close();
        lines.line(REQUEST.formatted(1, "late"));

        assertThat(asked).isEmpty();
    }

    /** Conversation that keeps the lines that are sent. */
    private static class Replies implements ExecSession {
        private final BlockingQueue<String> sent = new LinkedBlockingQueue<>();

        JsonObject next() throws InterruptedException {
            String line = sent.poll(10, TimeUnit.SECONDS);
            assertThat(line).as("a reply").isNotNull();
            return JsonObject.parse(line);
        }

        @Override
        public void send(String line) {
            sent.add(line);
        }

        @Override
        public String output() {
            return "";
        }

        @Override
        public Optional<Integer> exitCode() {
            return Optional.empty();
        }

        @Override
        public boolean awaitChange(Duration limit) {
            return false;
        }

        @Override
        public void close() {}
    }
}
