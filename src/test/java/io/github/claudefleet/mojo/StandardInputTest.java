package io.github.claudefleet.mojo;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PipedReader;
import java.io.PipedWriter;
import java.io.Reader;
import java.io.StringReader;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class StandardInputTest {

    private static final Duration LONG = Duration.ofSeconds(30);

    @Test
    void whatIsAtItsEndIsKnownWithoutAQuestion() throws InterruptedException {
        StandardInput input = new StandardInput(new StringReader(""));

        assertThat(input.hasEnded()).isTrue();
        assertThat(input.readLine(LONG)).isEmpty();
    }

    @Test
    void aGlanceTakesNoLineAway() throws InterruptedException {
        StandardInput input = new StandardInput(new StringReader("first\nsecond"));

        assertThat(input.hasEnded()).isFalse();
        assertThat(input.readLine(LONG)).contains("first");
        assertThat(input.readLine(LONG)).contains("second");
        assertThat(input.readLine(LONG)).isEmpty();
        assertThat(input.hasEnded()).isTrue();
    }

    @Test
    void whoIsSilentHasNotLeft() throws IOException, InterruptedException {
        try (PipedWriter person = new PipedWriter()) {
            StandardInput input = new StandardInput(new PipedReader(person));

            assertThat(input.hasEnded()).isFalse();
            assertThat(input.readLine(Duration.ofMillis(1))).isEmpty();
            person.write("late\n");
            person.flush();
            assertThat(input.readLine(LONG)).contains("late");
        }
    }

    @Test
    void whatCannotBeReadIsAtItsEnd() throws InterruptedException {
        StandardInput input = new StandardInput(new Reader() {
            @Override
            public int read(char[] target, int offset, int length) throws IOException {
                throw new IOException("gone");
            }

            @Override
            public void close() {}
        });

        assertThat(input.hasEnded()).isTrue();
    }
}
