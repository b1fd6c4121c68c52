package io.github.claudefleet.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.rbac.Role;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class FleetRightsTest {

    @Test
    void theDoctorAsksForTheRightsOfTheRoleInTheDocumentation() throws IOException {
        Role role = new KubernetesSerialization()
                .unmarshal(Files.readString(Path.of("docs/kubernetes-role.yaml")), Role.class);

        assertThat(role.getRules().stream()
                        .map(rule -> new FleetRights.Rule(
                                rule.getApiGroups().get(0), rule.getResources().get(0), rule.getVerbs()))
                        .toList())
                .isEqualTo(Stream.concat(FleetRights.RULES.stream(), FleetRights.FENCE_RULES.stream())
                        .toList());
    }
}
