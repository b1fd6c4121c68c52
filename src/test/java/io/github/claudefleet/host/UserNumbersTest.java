package io.github.claudefleet.host;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.claudefleet.spec.ContainerUser;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class UserNumbersTest {

    private static final Optional<UserNumbers> ROOT = Optional.of(new UserNumbers(0, 0));

    @Test
    void theEffectiveNumbersAreReadOffTheProcess() {
        assertThat(UserNumbers.fromStatus("Name:\tjava\nUid:\t1\t12345\t3\t4\nGid:\t5\t0\t7\t8\nGroups:\t\n"))
                .hasValue(new UserNumbers(12345, 0));
        assertThat(UserNumbers.fromStatus("Name:\tjava\n")).isEmpty();
    }

    @Test
    void theKernelAndTheCommandAgree() {
        assertThat(UserNumbers.ofThisProcess())
                .isEqualTo(UserNumbers.fromCommand())
                .isPresent();
    }

    @Test
    void aUserWhomTheSystemDoesNotKnowIsThatUserAndNotRoot() {
        assertThat(HostUser.containerUser(Optional.of(new UserNumbers(1000650000, 0)), Map.of("SUDO_UID", "7")))
                .isEqualTo(new ContainerUser(1000650000, 0));
    }

    @Test
    void containersOfABuildUnderSudoAreThoseOfWhoCalledIt() {
        assertThat(HostUser.containerUser(ROOT, Map.of("SUDO_UID", "1001", "SUDO_GID", "1002")))
                .isEqualTo(new ContainerUser(1001, 1002));
        assertThat(HostUser.containerUser(ROOT, Map.of("SUDO_UID", "0", "SUDO_GID", "0")))
                .isEqualTo(ContainerUser.FOR_ROOT);
        assertThat(HostUser.containerUser(ROOT, Map.of("SUDO_UID", "x"))).isEqualTo(ContainerUser.FOR_ROOT);
        assertThat(HostUser.containerUser(Optional.empty(), Map.of())).isEqualTo(ContainerUser.FOR_ROOT);
    }

    @Test
    void numbersOfTenDigitsCanBeWrittenAsOpenshiftGivesThem() {
        assertThat(ContainerUser.parse("1000650000:0")).isEqualTo(new ContainerUser(1000650000, 0));
    }
}
