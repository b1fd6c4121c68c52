package io.github.claudefleet.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicySpec;
import io.github.claudefleet.engine.Mount;
import io.github.claudefleet.engine.NetworkAttachment;
import io.github.claudefleet.engine.NetworkRequest;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class FencePoliciesTest {

    private static final Map<String, String> FLEET = Map.of("io.github.claudefleet.fleet", "shop");
    private static final Map<String, String> GATEWAY =
            Map.of("io.github.claudefleet.fleet", "shop", "io.github.claudefleet.role", "gateway");
    private static final Map<String, String> MEMBERS =
            Map.of("io.github.claudefleet.fleet", "shop", "claude-fleet/network", "shop-fence");

    private final FencePolicies policies = new FencePolicies(
            new NetworkRequest("shop-fence", FLEET, Optional.of(new NetworkRequest.Fence(GATEWAY, 3129))),
            Optional.empty(),
            "c");

    @Test
    void thoseInsideReachOnePortOfTheGatewayAndNothingReachesThem() {
        NetworkPolicySpec spec = policies.inside().getSpec();

        assertThat(spec.getPodSelector().getMatchLabels()).isEqualTo(MEMBERS);
        assertThat(spec.getPolicyTypes()).containsExactly("Ingress", "Egress");
        assertThat(spec.getIngress()).isEmpty();
        assertThat(spec.getEgress()).singleElement().satisfies(egress -> {
            assertThat(egress.getTo())
                    .singleElement()
                    .satisfies(to ->
                            assertThat(to.getPodSelector().getMatchLabels()).isEqualTo(GATEWAY));
            assertThat(egress.getPorts())
                    .singleElement()
                    .satisfies(port -> assertThat(port.getPort().getIntVal()).isEqualTo(3129));
        });
    }

    @Test
    void theGatewayIsReachedByThoseInsideAloneAndItsOwnWayStaysOpen() {
        NetworkPolicySpec spec = policies.beyond().getSpec();

        assertThat(policies.beyond().getMetadata().getName()).isEqualTo("shop-fence-gateway");
        assertThat(spec.getPodSelector().getMatchLabels()).isEqualTo(GATEWAY);
        assertThat(spec.getPolicyTypes()).containsExactly("Ingress");
        assertThat(spec.getIngress()).singleElement().satisfies(ingress -> {
            assertThat(ingress.getPorts()).isEmpty();
            assertThat(ingress.getFrom())
                    .singleElement()
                    .satisfies(from ->
                            assertThat(from.getPodSelector().getMatchLabels()).isEqualTo(MEMBERS));
        });
    }

    @Test
    void aPodJoinsByItsLabelAndResolvesNothing() {
        Pod pod = pod();

        assertThat(pod.getMetadata().getLabels()).containsEntry("claude-fleet/network", "shop");
        assertThat(pod.getSpec().getDnsPolicy()).isEqualTo("None");
        assertThat(pod.getSpec().getDnsConfig().getNameservers()).containsExactly("127.0.0.1");
        assertThat(FencePolicies.labels(new NetworkAttachment(NetworkAttachment.COMMON)))
                .isEmpty();
    }

    @Test
    void aDirectoryOfAnotherImageIsCopiedBeforeThePodsContainer() {
        PodSpec spec = pod().getSpec();

        assertThat(spec.getInitContainers()).singleElement().satisfies(copy -> {
            assertThat(copy.getImage()).isEqualTo("gateway:1");
            assertThat(copy.getCommand()).endsWith("/opt/relay", "/relay");
            assertThat(copy.getSecurityContext().getReadOnlyRootFilesystem()).isTrue();
            assertThat(copy.getResources().getLimits()).containsKeys("memory", "cpu");
        });
        assertThat(spec.getContainers().get(0).getVolumeMounts())
                .singleElement()
                .satisfies(mount -> {
                    assertThat(mount.getMountPath()).isEqualTo("/relay");
                    assertThat(mount.getReadOnly()).isTrue();
                });
    }

    private static Pod pod() {
        Mount relay = new Mount.FromImage("gateway:1", "/opt/relay", "/relay");
        return PodFactory.pod(
                RequestFixture.named("shop-a").with(relay).request(),
                PodMounts.of(List.of(relay), name -> null),
                Optional.empty(),
                "c");
    }
}
