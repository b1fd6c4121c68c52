package io.github.claudefleet.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.github.claudefleet.spec.ContainerUser;
import io.github.claudefleet.spec.FleetSpec;
import io.github.claudefleet.spec.HomeDirectory;
import io.github.claudefleet.spec.InvalidSpecException;
import io.github.claudefleet.spec.Shop;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.io.TempDir;

/** Tests of a pom's configuration: agents by their parameters, and the spec or the refusal that they lead to. */
abstract class PomFixture {

    @TempDir
    Path project;

    static AgentConfiguration agent(String name, Map<String, Object> parameters) {
        Map<String, Object> all = new HashMap<>(parameters);
        all.put("name", name);
        return Beans.agent(all);
    }

    final FleetSpec spec(AgentConfiguration... agents) {
        return spec(fleet(agents));
    }

    final FleetSpec spec(FleetConfiguration fleet) {
        return fleet.toSpec(Shop.idOf("shop"), context(), new ContainerUser(1000, 1000));
    }

    final InvalidSpecException refused(AgentConfiguration... agents) {
        InvalidSpecException refusal = catchThrowableOfType(InvalidSpecException.class, () -> spec(agents));
        assertThat(refusal).as("a refusal").isNotNull();
        return refusal;
    }

    /** Creates the configuration of a fleet with these agents. */
    FleetConfiguration fleet(AgentConfiguration... agents) {
        return new FleetConfiguration().agents(List.of(agents));
    }

    /** Creates the context of a project whose version is 1.2. */
    ConfigurationContext context() {
        return new ConfigurationContext(
                project,
                HomeDirectory.at(project.resolve("home")),
                Map.of(),
                PomFixture::property,
                id -> Optional.empty());
    }

    static Optional<String> property(String name) {
        return Optional.ofNullable(Map.of("project.version", "1.2").get(name));
    }
}
