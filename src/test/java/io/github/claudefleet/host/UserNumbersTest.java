package io.github.claudefleet.host;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.claudefleet.spec.ContainerUser;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class UserNumbersTest {

    private static final Optional<UserNumbers> ROOT = Optional.of(new UserNumbers(0, 0));

    @Test
    void the_effective_numbers_are_read_off_the_process() {
        assertThat(UserNumbers.fromStatus("Name:\tjava\nUid:\t1\t12345\t3\t4\nGid:\t5\t0\t7\t8\nGroups:\t\n"))
                .hasValue(new UserNumbers(12345, 0));
        assertThat(UserNumbers.fromStatus("Name:\tjava\n")).isEmpty();
    }

    @Test
    void the_kernel_and_the_command_agree() {
        assertThat(UserNumbers.ofThisProcess())
                .isEqualTo(UserNumbers.fromCommand())
                .isPresent();
    }

    @Test
    void a_user_whom_the_system_does_not_know_is_that_user_and_not_root() {
        assertThat(HostUser.containerUser(Optional.of(new UserNumbers(1000650000, 0)), Map.of("SUDO_UID", "7")))
                .isEqualTo(new ContainerUser(1000650000, 0));
    }

    @Test
    void containers_of_a_build_under_sudo_are_those_of_who_called_it() {
        assertThat(HostUser.containerUser(ROOT, Map.of("SUDO_UID", "1001", "SUDO_GID", "1002")))
                .isEqualTo(new ContainerUser(1001, 1002));
        assertThat(HostUser.containerUser(ROOT, Map.of("SUDO_UID", "0", "SUDO_GID", "0")))
                .isEqualTo(ContainerUser.FOR_ROOT);
        assertThat(HostUser.containerUser(ROOT, Map.of("SUDO_UID", "x"))).isEqualTo(ContainerUser.FOR_ROOT);
        assertThat(HostUser.containerUser(Optional.empty(), Map.of())).isEqualTo(ContainerUser.FOR_ROOT);
    }

    @Test
    void numbers_of_ten_digits_can_be_written_as_openshift_gives_them() {
        assertThat(ContainerUser.parse("1000650000:0")).isEqualTo(new ContainerUser(1000650000, 0));
    }
}
