package io.github.claudefleet.docker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class StdinStreamTest {

    private final StdinStream feed = new StdinStream();

    @Test
    void givesOutTheLinesWithTheirEndsHoweverLittleIsTakenAtATime() throws IOException {
        feed.send("grün");
        feed.send("");
        feed.close();

        assertThat(feed.readNBytes(2)).asString().isEqualTo("gr");
        assertThat(feed.readAllBytes()).asString().isEqualTo("ün\n\n");
        assertThat(feed.read()).isEqualTo(-1);
        assertThat(feed.read(new byte[3])).isEqualTo(-1);
    }

    @Test
    void waitsForALine() throws Exception {
        CompletableFuture<byte[]> reader = CompletableFuture.supplyAsync(() -> {
            try {
                return feed.readNBytes(2);
            } catch (IOException e) {
                throw new IllegalStateException(e);
            }
        });

        feed.send("x");

        assertThat(reader.get(20, TimeUnit.SECONDS)).asString().isEqualTo("x\n");
    }

    @Test
    void knowsThatAllIsSentWhenTheReaderComesBackForMore() throws Exception {
        feed.send("line");
        assertThat(feed.awaitSent(Duration.ofMillis(50))).isFalse();

        CompletableFuture<Integer> reader = CompletableFuture.supplyAsync(() -> {
            try {
                return feed.readAllBytes().length;
            } catch (IOException e) {
                throw new IllegalStateException(e);
            }
        });

        assertThat(feed.awaitSent(Duration.ofSeconds(20))).isTrue();
        feed.close();
        assertThat(reader.get(20, TimeUnit.SECONDS)).isEqualTo(5);
    }

    @Test
    void aReaderThatIsInterruptedStops() {
        Thread.currentThread().interrupt();

        assertThatThrownBy(feed::read).isInstanceOf(InterruptedIOException.class);
        assertThat(Thread.interrupted()).isTrue();
    }
}
