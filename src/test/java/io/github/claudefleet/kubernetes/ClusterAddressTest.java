package io.github.claudefleet.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ClusterAddressTest {

    @Test
    void aClusterIsNamedAloneOrWithItsContext() {
        assertThat(ClusterAddress.parse("kubernetes"))
                .isEqualTo(new ClusterAddress(Optional.empty(), Optional.empty()));
        assertThat(ClusterAddress.parse(" kubernetes: "))
                .isEqualTo(new ClusterAddress(Optional.empty(), Optional.empty()));
        assertThat(ClusterAddress.parse("kubernetes:lab"))
                .isEqualTo(new ClusterAddress(Optional.of("lab"), Optional.empty()));
    }

    @ParameterizedTest
    @ValueSource(strings = {"lab", "team/api-lab-example:6443/ann", "arn:aws:eks:eu-west-1:1:cluster/lab", "a?b=c"})
    void aContextLeadsAnotherProcessToTheSameNamespace(String context) {
        ClusterAddress address = new ClusterAddress(Optional.of(context), Optional.of("team"));

        assertThat(address).hasToString("kubernetes:" + context + "?namespace=team");
        assertThat(ClusterAddress.parse(address.toString())).isEqualTo(address);
    }

    @Test
    void theCurrentContextStaysUnnamed() {
        ClusterAddress address = new ClusterAddress(Optional.empty(), Optional.of("team"));

        assertThat(ClusterAddress.parse(address.toString())).isEqualTo(address);
    }

    @ParameterizedTest
    @ValueSource(strings = {"unix:///var/run/docker.sock", "tcp://kubernetes:2375", "kubernetes-lab", ""})
    void otherEnginesAreNoClusters(String engine) {
        assertThat(ClusterAddress.isOne(engine)).isFalse();
    }
}
