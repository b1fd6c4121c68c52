package io.github.claudefleet.transfer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.claudefleet.engine.EngineException;
import io.github.claudefleet.engine.EngineException.Kind;
import io.github.claudefleet.engine.ExecResult;
import io.github.claudefleet.engine.FakeEngine;
import io.github.claudefleet.engine.VolumeObservation;
import io.github.claudefleet.plan.TransferRequest;
import io.github.claudefleet.spec.Labels;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class TransferContainerTest {

    private static final VolumeObservation VOLUME = new VolumeObservation(
            "claude-fleet-shop-workspace-fixer", Map.of(Labels.USER, "1000:1000", Labels.IMAGE, LocalVolumes.IMAGE));

    private final AtomicInteger looks = new AtomicInteger();
    private final FakeEngine engine = new FakeEngine().image(LocalVolumes.IMAGE, Map.of());
    private String fill;

    @BeforeEach
    void loseTheAnswer() {
        fill = engine.containers().create(TransferRequest.of(VOLUME));
        engine.program(request -> {
            throw new EngineException(Kind.NOT_FOUND, "run", "container fill has ended", "", null);
        });
    }

    @Test
    void aLostAnswerIsLookedFor() {
        engine.beside(volume -> Optional.of(looks.getAndIncrement() < 2 ? fill : "shop/transfer"));

        TransferContainer.open(engine, VOLUME).filled();

        assertThat(engine.execs()).as("attempts until the next container runs").hasSize(2);
    }

    @Test
    void aCommandThatWasKilledWithItsContainerIsLookedFor() {
        engine.program(request -> new ExecResult(137, "", ""));
        engine.beside(volume -> Optional.of(looks.getAndIncrement() < 1 ? fill : "shop/transfer"));

        TransferContainer.open(engine, VOLUME).filled();

        assertThat(engine.execs()).hasSize(1);
    }

    @Test
    void aPodThatIsGoneIsNoLostAnswer() {
        engine.beside(volume -> {
            if (looks.getAndIncrement() > 0) {
                throw new EngineException(Kind.NOT_FOUND, "find " + volume, "pod shop has ended", "", null);
            }
            return Optional.of(fill);
        });
        TransferContainer container = TransferContainer.open(engine, VOLUME);

        assertThatThrownBy(container::filled).isInstanceOf(GoneException.class);
    }
}
