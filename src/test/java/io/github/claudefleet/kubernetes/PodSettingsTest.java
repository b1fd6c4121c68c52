package io.github.claudefleet.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.entry;
import static org.assertj.core.api.Assertions.tuple;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.LocalObjectReference;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.Toleration;
import io.github.claudefleet.spec.ClusterSpec;
import io.github.claudefleet.spec.InvalidSpecException;
import io.github.claudefleet.spec.MemorySize;
import io.github.claudefleet.spec.PullPolicy;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class PodSettingsTest {

    @Test
    void withoutSettingsAPodStaysAsItIs() {
        Pod pod = PodFixture.pending();

        Pod set = new PodSettings(ClusterSpec.DEFAULT).applyTo(pod);

        assertThat(set.getMetadata()).isEqualTo(pod.getMetadata());
        assertThat(set.getSpec()).isEqualTo(pod.getSpec());
    }

    @Test
    void eachSettingIsInThePod() {
        ClusterSpec spec = new ClusterSpec(
                Optional.of("team"),
                List.of("registry"),
                new TreeMap<>(Map.of("disk", "ssd")),
                List.of(
                        new ClusterSpec.Toleration("gpu", Optional.of("yes"), Optional.of("NoSchedule")),
                        new ClusterSpec.Toleration("spot", Optional.empty(), Optional.empty())),
                new ClusterSpec.Requests(Optional.of(new MemorySize(1L << 30)), Optional.of(0.25)),
                new TreeMap<>(Map.of("cost-center", "7")),
                Optional.empty(),
                PullPolicy.ALWAYS);

        Pod pod = new PodSettings(spec).applyTo(PodFixture.pending());

        assertThat(pod.getSpec().getImagePullSecrets()).containsExactly(new LocalObjectReference("registry"));
        assertThat(pod.getSpec().getNodeSelector()).containsExactly(entry("disk", "ssd"));
        assertThat(pod.getSpec().getTolerations())
                .extracting(Toleration::getKey, Toleration::getOperator, Toleration::getValue, Toleration::getEffect)
                .containsExactly(tuple("gpu", "Equal", "yes", "NoSchedule"), tuple("spot", "Exists", null, null));
        Container container = pod.getSpec().getContainers().get(0);
        assertThat(container.getImagePullPolicy()).isEqualTo("Always");
        assertThat(container.getResources().getRequests())
                .containsEntry("memory", new Quantity("1073741824"))
                .containsEntry("cpu", new Quantity("250m"));
        assertThat(container.getResources().getLimits())
                .isEqualTo(PodFixture.pending()
                        .getSpec()
                        .getContainers()
                        .get(0)
                        .getResources()
                        .getLimits());
        assertThat(pod.getMetadata().getLabels())
                .containsEntry("cost-center", "7")
                .containsAllEntriesOf(PodFixture.pending().getMetadata().getLabels());
    }

    @Test
    void aLabelOfThePluginCanNotBeSet() {
        TreeMap<String, String> labels = new TreeMap<>(Map.of("io.github.claudefleet.fleet", "other"));

        assertThatThrownBy(() -> new ClusterSpec(
                        Optional.empty(),
                        List.of(),
                        new TreeMap<>(),
                        List.of(),
                        ClusterSpec.Requests.NONE,
                        labels,
                        Optional.empty(),
                        PullPolicy.MISSING))
                .isInstanceOf(InvalidSpecException.class)
                .hasMessage("kubernetes.labels has io.github.claudefleet.fleet, which the plugin sets");
    }

    @Test
    void overridesAreMergedByNameAndMember() {
        Pod pod = overridden("""
                metadata:
                  annotations: {team: blue}
                spec:
                  hostNetwork: true
                  priorityClassName: batch
                  restartPolicy: null
                  containers:
                  - name: main
                    env:
                    - {name: EXTRA, value: "1"}
                  - {name: sidecar, image: 'registry.example/sidecar:1'}
                """);

        assertThat(pod.getMetadata().getAnnotations())
                .containsEntry("team", "blue")
                .containsAllEntriesOf(PodFixture.pending().getMetadata().getAnnotations());
        assertThat(pod.getSpec().getHostNetwork()).isTrue();
        assertThat(pod.getSpec().getPriorityClassName()).isEqualTo("batch");
        assertThat(pod.getSpec().getRestartPolicy()).isNull();
        assertThat(pod.getSpec().getContainers()).extracting(Container::getName).containsExactly("main", "sidecar");
        Container main = pod.getSpec().getContainers().get(0);
        assertThat(main.getImage()).isEqualTo(RequestFixture.IMAGE);
        assertThat(main.getSecurityContext().getAllowPrivilegeEscalation()).isFalse();
        assertThat(main.getEnv()).extracting("name").containsExactly("GREETING", "EXTRA");
    }

    @Test
    void overridesThatMakeNoPodAreRefused() {
        assertThatThrownBy(() -> overridden("spec: [no, pod]"))
                .isInstanceOf(InvalidSpecException.class)
                .hasMessageStartingWith("kubernetes.podOverrides can't be merged into a pod");
        assertThatThrownBy(() -> overridden("{spec: "))
                .isInstanceOf(InvalidSpecException.class)
                .hasMessageStartingWith("kubernetes.podOverrides can't be merged into a pod");
    }

    private static Pod overridden(String yaml) {
        return new PodOverrides(yaml).applyTo(PodFixture.pending());
    }
}
