package io.github.claudefleet.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.OwnerReference;
import io.fabric8.kubernetes.api.model.OwnerReferenceBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.SecurityContext;
import io.github.claudefleet.engine.ContainerRequest;
import io.github.claudefleet.engine.HealthCheck;
import io.github.claudefleet.engine.Lifecycle;
import io.github.claudefleet.engine.Mount;
import io.github.claudefleet.engine.RestartPolicy;
import io.github.claudefleet.engine.UploadFile;
import io.github.claudefleet.spec.ContainerUser;
import io.github.claudefleet.spec.Hardening;
import io.github.claudefleet.spec.InvalidSpecException;
import io.github.claudefleet.spec.ResourceLimits;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class PodFactoryTest {

    private static final FileSet KIT =
            FileSet.of("kit", List.of(new UploadFile("checks/a.sh", new byte[] {'x'}, 0500, ContainerUser.FOR_ROOT)));

    /** Each rule of the pod security standard "restricted", which includes "baseline". */
    @Test
    void aPodKeepsToTheRestrictedStandard() {
        PodSpec spec = pod(RequestFixture.named("a")
                        .with(new Mount.Scratch("/tmp"), new Mount.Volume("kit", "/kit", true)))
                .getSpec();
        SecurityContext security = container(spec).getSecurityContext();

        assertThat(spec.getSecurityContext().getRunAsNonRoot()).isTrue();
        assertThat(spec.getSecurityContext().getRunAsUser()).isEqualTo(1000);
        assertThat(spec.getSecurityContext().getSeccompProfile().getType()).isEqualTo("RuntimeDefault");
        assertThat(spec.getSecurityContext().getSysctls()).isEmpty();
        assertThat(spec.getHostNetwork()).isNull();
        assertThat(spec.getHostPID()).isNull();
        assertThat(spec.getHostIPC()).isNull();
        assertThat(spec.getVolumes()).allMatch(volume -> volume.getEmptyDir() != null || volume.getSecret() != null);
        assertThat(spec.getInitContainers()).isEmpty();
        assertThat(security.getAllowPrivilegeEscalation()).isFalse();
        assertThat(security.getPrivileged()).isFalse();
        assertThat(security.getRunAsNonRoot()).isTrue();
        assertThat(security.getCapabilities().getDrop()).containsExactly("ALL");
        assertThat(security.getCapabilities().getAdd()).isEmpty();
        assertThat(security.getProcMount()).isNull();
        assertThat(container(spec).getPorts()).isEmpty();
    }

    @Test
    void anAgentRunsOnceWithoutATokenOfTheCluster() {
        PodSpec spec = pod(RequestFixture.named("a")).getSpec();

        assertThat(spec.getRestartPolicy()).isEqualTo("Never");
        assertThat(spec.getAutomountServiceAccountToken()).isFalse();
        assertThat(spec.getEnableServiceLinks()).isFalse();
        assertThat(spec.getShareProcessNamespace()).isTrue();
        assertThat(container(spec).getSecurityContext().getReadOnlyRootFilesystem())
                .isTrue();
        assertThat(container(spec).getCommand()).containsExactly("sleep", "600");
        assertThat(container(spec).getEnv())
                .extracting("name", "value")
                .containsExactly(tuple("GREETING", "hello $$(HOME)"));
    }

    @Test
    void aKeeperIsRestartedAndHasItsTimeToEndAndItsCheck() {
        Lifecycle keeper = new Lifecycle(
                RestartPolicy.untilStopped(Duration.ofSeconds(90)), Optional.of(new HealthCheck(List.of("true"))));

        PodSpec spec = pod(RequestFixture.named("a").request("x", keeper)).getSpec();

        assertThat(spec.getRestartPolicy()).isEqualTo("Always");
        assertThat(spec.getTerminationGracePeriodSeconds()).isEqualTo(90);
        assertThat(container(spec).getReadinessProbe().getExec().getCommand()).containsExactly("true");
    }

    @Test
    void limitsAreThoseOfTheRequestAndRequestsAreLess() {
        Container small = container(pod(RequestFixture.named("a")).getSpec());
        Container usual = container(
                pod(RequestFixture.named("a").with(ResourceLimits.DEFAULT)).getSpec());

        assertThat(small.getResources().getLimits().get("memory").getNumericalAmount())
                .hasToString("67108864");
        assertThat(small.getResources().getLimits().get("cpu")).hasToString("500m");
        assertThat(usual.getResources().getLimits().get("cpu")).hasToString("2000m");
        assertThat(usual.getResources().getRequests().get("memory").getNumericalAmount())
                .hasToString("536870912");
        assertThat(usual.getResources().getRequests().get("cpu")).hasToString("100m");
    }

    @Test
    void filesOfAVolumeHaveTheirPathsAndTheGroupMayReadThem() {
        PodSpec spec = pod(RequestFixture.named("a").with(new Mount.Volume("kit", "/kit", true)))
                .getSpec();

        assertThat(spec.getSecurityContext().getFsGroup()).isEqualTo(1000);
        assertThat(spec.getVolumes().get(0).getSecret().getItems())
                .extracting("path", "mode")
                .containsExactly(tuple("checks/a.sh", 0550));
        assertThat(container(spec).getVolumeMounts())
                .extracting("mountPath", "readOnly", "subPath")
                .containsExactly(tuple("/kit", true, null));
    }

    /** The agent can't reach the processes that move its workspace, and they have nothing of its own. */
    @Test
    void aWorkspaceIsFilledBeforeTheAgentRunsAndReadBesideIt() {
        PodSpec spec = pod(RequestFixture.named("a")
                        .with(new Mount.Workspace("w", "/workspace"), new Mount.Volume("kit", "/kit", true)))
                .getSpec();
        Container main = spec.getContainers().get(0);
        List<Container> others =
                List.of(spec.getInitContainers().get(0), spec.getContainers().get(1));

        assertThat(main.getName()).isEqualTo("main");
        assertThat(main.getVolumeMounts())
                .extracting("mountPath", "subPath")
                .containsExactly(tuple("/workspace", "files"), tuple("/kit", null));
        assertThat(spec.getShareProcessNamespace()).isFalse();
        assertThat(spec.getInitContainers()).hasSize(1);
        assertThat(spec.getContainers()).hasSize(2);
        assertThat(others).allSatisfy(other -> {
            assertThat(other.getVolumeMounts())
                    .extracting("mountPath", "subPath")
                    .containsExactly(tuple("/claude-fleet/transfer", null));
            assertThat(other.getEnv())
                    .extracting("name", "value")
                    .containsExactly(tuple("CLAUDE_FLEET_WORKSPACE", "/claude-fleet/transfer/files"));
            assertThat(other.getSecurityContext().getAllowPrivilegeEscalation()).isFalse();
            assertThat(other.getSecurityContext().getCapabilities().getDrop()).containsExactly("ALL");
            assertThat(other.getResources().getRequests().get("cpu")).hasToString("10m");
        });
        assertThat(pod(RequestFixture.named("a").with(new Mount.Workspace("w", "/workspace")))
                        .getMetadata()
                        .getLabels())
                .containsEntry("claude-fleet/volume", "w");
    }

    @Test
    void whatTheStandardOrAClusterForbidsIsRefused() {
        Hardening root = new Hardening(List.of("ALL"), List.of("CHOWN"), true, true, true);
        Hardening privileges = new Hardening(List.of("ALL"), List.of(), false, true, true);
        Mount host = new Mount.Directory(Path.of("/home/ann"), "/workspace", false);

        assertThatThrownBy(() -> pod(RequestFixture.named("a").with(root)))
                .isInstanceOf(InvalidSpecException.class)
                .hasMessageStartingWith("hardening.capAdd");
        assertThatThrownBy(() -> pod(RequestFixture.named("a").with(privileges)))
                .hasMessageStartingWith("hardening.noNewPrivileges");
        assertThatThrownBy(() -> pod(RequestFixture.named("a").with(host)))
                .hasMessage("mounts can't have a directory of this machine on Kubernetes (/workspace)");
    }

    @Test
    void aPlaceholderKeepsToTheStandardAndTakesNextToNothing() {
        PodSpec spec = PodFactory.placeholder();

        assertThat(spec.getSchedulerName()).isEqualTo("claude-fleet-none");
        assertThat(spec.getSecurityContext().getSeccompProfile().getType()).isEqualTo("RuntimeDefault");
        assertThat(container(spec).getSecurityContext().getAllowPrivilegeEscalation())
                .isFalse();
        assertThat(container(spec).getSecurityContext().getCapabilities().getDrop())
                .containsExactly("ALL");
        assertThat(container(spec).getResources().getLimits().get("cpu")).hasToString("1m");
    }

    @Test
    void aPodEndsWithItsOwner() {
        OwnerReference owner = new OwnerReferenceBuilder().withUid("u-1").build();

        Pod pod = PodFactory.pod(
                RequestFixture.named("a").request(),
                new PodMounts(List.of(), List.of(), Optional.empty(), List.of()),
                Optional.of(owner),
                "c");

        assertThat(pod.getMetadata().getOwnerReferences()).containsExactly(owner);
    }

    private static Pod pod(RequestFixture fixture) {
        return pod(fixture.request());
    }

    private static Pod pod(ContainerRequest request) {
        return PodFactory.pod(request, PodMounts.of(request.mounts(), name -> KIT), Optional.empty(), "c");
    }

    private static Container container(PodSpec spec) {
        assertThat(spec.getContainers()).hasSize(1);
        return spec.getContainers().get(0);
    }
}
