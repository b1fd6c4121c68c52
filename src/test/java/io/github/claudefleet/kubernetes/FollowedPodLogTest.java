package io.github.claudefleet.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.claudefleet.engine.LogStream;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;

class FollowedPodLogTest {

    private static final Duration GENEROUS = Duration.ofSeconds(30);

    private final List<String> lines = new CopyOnWriteArrayList<>();

    @Test
    void aCutLogLosesNothingAndRepeatsNothing() throws InterruptedException {
        FakeLog log = new FakeLog()
                .going(text("one\ntwo\nthr"))
                .going(new SequenceInputStream(text("one\ntwo\nthree\nfour"), new BrokenInput()))
                .going(text("one\n"))
                .over(text("one\ntwo\nthree\nfour\n\nlast without an end"));

        try (LogStream stream = FollowedPodLog.start(log, true, lines::add, 0)) {
            assertThat(stream.awaitEnd(GENEROUS)).isTrue();
        }

        assertThat(lines).containsExactly("one", "two", "three", "four", "", "last without an end");
    }

    @Test
    void linesAtTheBeginningAreLeftOut() throws InterruptedException {
        FakeLog log = new FakeLog().over(text("one\ntwo\nthree\n"));

        try (LogStream stream = FollowedPodLog.start(log, true, lines::add, 2)) {
            assertThat(stream.awaitEnd(GENEROUS)).isTrue();
        }

        assertThat(lines).containsExactly("three");
    }

    @Test
    void aLogThatIsNotFollowedIsReadOnce() throws InterruptedException {
        FakeLog log = new FakeLog().going(text("one\ntwo"));

        try (LogStream stream = FollowedPodLog.start(log, false, lines::add, 0)) {
            assertThat(stream.awaitEnd(GENEROUS)).isTrue();
        }

        assertThat(lines).containsExactly("one", "two");
    }

    @Test
    void aPodThatIsGoneHasNoMoreOutput() throws InterruptedException {
        FakeLog log = new FakeLog().going(text("one\n"));

        try (LogStream stream = FollowedPodLog.start(log, true, lines::add, 0)) {
            assertThat(stream.awaitEnd(GENEROUS)).isTrue();
        }

        assertThat(lines).containsExactly("one");
    }

    private static InputStream text(String text) {
        return new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8));
    }

    /** Log that has another content each time that it is opened; then its pod is gone. */
    private static final class FakeLog implements FollowedPodLog.Source {

        private final Deque<State> states = new ArrayDeque<>();
        private final Deque<InputStream> contents = new ArrayDeque<>();

        FakeLog going(InputStream content) {
            states.add(State.GOING_ON);
            contents.add(content);
            return this;
        }

        FakeLog over(InputStream content) {
            states.add(State.OVER);
            contents.add(content);
            return this;
        }

        @Override
        public State state() {
            return states.isEmpty() ? State.GONE : states.remove();
        }

        @Override
        public InputStream open() {
            return contents.remove();
        }
    }

    private static final class BrokenInput extends InputStream {

        @Override
        public int read() throws IOException {
            throw new IOException("cut");
        }
    }
}
