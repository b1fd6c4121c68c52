package io.github.claudefleet.spec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LimitsTest {

    private static final MemorySize MEMORY = ResourceLimits.DEFAULT.memory();

    @ParameterizedTest
    @ValueSource(doubles = {0.05, 0.5, 2, 1024})
    void processorsComeInFractions(double cpus) {
        assertThatCode(() -> limits(cpus, 512)).doesNotThrowAnyException();
    }

    @ParameterizedTest
    @ValueSource(doubles = {0, 0.04, -1, 1025, Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY})
    void anAbsurdNumberOfProcessorsIsRefused(double cpus) {
        assertThatThrownBy(() -> limits(cpus, 512))
                .isInstanceOf(InvalidSpecException.class)
                .hasMessageEndingWith(cpus + " is out of range");
    }

    @ParameterizedTest
    @ValueSource(ints = {31, 0, -1, Integer.MIN_VALUE, 100_001, Integer.MAX_VALUE})
    void anAbsurdNumberOfProcessesIsRefused(int pids) {
        assertThatThrownBy(() -> limits(1, pids))
                .isInstanceOf(InvalidSpecException.class)
                .hasMessageEndingWith(pids + " is out of range");
    }

    @ParameterizedTest
    @ValueSource(ints = {0, -4, 65})
    void anAbsurdParallelismIsRefused(int parallelism) {
        assertThatThrownBy(() -> new FleetTimeouts(parallelism, Duration.ofSeconds(1), Duration.ofSeconds(1)))
                .isInstanceOf(InvalidSpecException.class)
                .hasMessage("parallelism " + parallelism + " is out of range");
    }

    @Test
    void bothEndsOfARangeAreInIt() {
        assertThat(Numbers.within("tail", 3, 3, 9)).isEqualTo(3);
        assertThat(Numbers.within("tail", 9, 3, 9)).isEqualTo(9);
    }

    @Test
    void whatNobodyAskedForIsACapAndNeedsLittle() {
        ResourceLimits unasked = ResourceLimits.of(Optional.empty(), Optional.empty(), Optional.empty());

        assertThat(unasked).isEqualTo(ResourceLimits.DEFAULT);
        assertThat(unasked.memory()).hasToString("2g");
        assertThat(unasked.least()).isEqualTo(new ResourceLimits.Least(new MemorySize(512L << 20), 64));
    }

    @Test
    void whatWasAskedForHasToBeThereAndMakesNoOtherContainer() {
        ResourceLimits asked = ResourceLimits.of(Optional.of(MEMORY), Optional.empty(), Optional.of(512));

        assertThat(asked.least()).isEqualTo(new ResourceLimits.Least(MEMORY, 512));
        assertThat(asked.caps()).isEqualTo(ResourceLimits.DEFAULT.caps());
    }

    private static ResourceLimits limits(double cpus, int pids) {
        return new ResourceLimits(MEMORY, Optional.of(cpus), pids);
    }
}
