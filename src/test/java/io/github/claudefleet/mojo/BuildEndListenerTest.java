package io.github.claudefleet.mojo;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.claudefleet.console.ConsoleListeners;
import io.github.claudefleet.console.RecordedLines;
import io.github.claudefleet.spec.FleetId;
import io.github.claudefleet.spec.Lifetime;
import io.github.claudefleet.spec.Shop;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.maven.execution.DefaultMavenExecutionRequest;
import org.apache.maven.execution.MavenSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Unit tests; {@code deaths.DeathMatrix} uses real builds that are killed. */
class BuildEndListenerTest {

    @TempDir
    Path directory;

    private final RecordedLines lines = new RecordedLines();

    @Test
    @SuppressWarnings("deprecation")
    void aFleetIsEndedWholeThoughItsGoalWasCalledOffAMomentBefore() {
        MavenSession session = new MavenSession(null, new DefaultMavenExecutionRequest(), null, List.of());
        BuildEndListener end = BuildEndListener.of(session, new ConsoleListeners(lines).goals(), "b1");
        AtomicBoolean whole = new AtomicBoolean();
        FleetId fleet = Shop.idOf("shop", Lifetime.BUILD, "b1");
        end.expect(fleet, engine(), directory.resolve("target/watchdog.log"), ending(whole));

        Thread.currentThread().interrupt();
        session.getRequest().getExecutionListener().sessionEnded(null);

        assertThat(Thread.interrupted())
                .as("the mark is for whoever comes next")
                .isTrue();
        assertThat(whole).isTrue();
        assertThat(lines.all()).isEmpty();
    }

    private static BuildEndListener.Ending ending(AtomicBoolean whole) {
        return new BuildEndListener.Ending() {
            @Override
            public Duration atMost() {
                return Duration.ofSeconds(1);
            }

            @Override
            public void run() throws InterruptedException {
                // Like an engine call, the sleep fails at once on an interrupted thread.
                Thread.sleep(1);
                whole.set(true);
            }
        };
    }

    /** Address at which no engine listens. */
    private String engine() {
        return "unix://" + directory.resolve("none.sock");
    }
}
