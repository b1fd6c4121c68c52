package io.github.claudefleet.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.claudefleet.spec.AgentBuilder;
import io.github.claudefleet.spec.CaBundle;
import io.github.claudefleet.spec.ContainerUser;
import io.github.claudefleet.spec.FleetBuilder;
import io.github.claudefleet.spec.FleetSpec;
import io.github.claudefleet.spec.HomeDirectory;
import io.github.claudefleet.spec.Shop;
import io.github.claudefleet.spec.Usd;
import io.github.claudefleet.spec.WorkspaceStrategy;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Compares the fleet that a builder makes with that of a pom. */
class JavaBuiltFleetTest {

    private static final HomeDirectory HOME = HomeDirectory.at(Path.of("/home/ann"));
    private static final ContainerUser USER = new ContainerUser(1000, 1000);

    @TempDir
    Path project;

    @Test
    void defaultsAreThePoms() {
        assertThat(builder().toSpec()).isEqualTo(ofPom(new FleetConfiguration()));
    }

    @Test
    void agentsAreThePoms() {
        FleetConfiguration pom = new FleetConfiguration()
                .environment(Map.of("A", "1"))
                .agents(List.of(
                        Beans.agent(Map.of("name", "idle", "environment", Map.of("B", "2"))),
                        Beans.agent(Map.of("name", "tester", "prompt", "Test", "maxCost", "2", "check", "mvn test")),
                        Beans.agent(Map.of(
                                "name",
                                "copier",
                                "retries",
                                0,
                                "prompt",
                                "Copy",
                                "workspace",
                                Beans.fill(new WorkspaceConfiguration(), Map.of("strategy", "copy"))))));

        assertThat(builder()
                        .environment(Map.of("A", "1"))
                        .agent(agent("idle").environment(Map.of("B", "2")))
                        .agent(agent("tester").prompt("Test").maxCost(usd("2")).check("mvn test"))
                        .agent(agent("copier").retries(0).prompt("Copy").strategy(WorkspaceStrategy.COPY))
                        .toSpec())
                .isEqualTo(ofPom(pom));
    }

    @Test
    void aLimitedPaceIsThePoms() {
        FleetConfiguration pom = new FleetConfiguration()
                .work(new WorkDefaults().maxConcurrent(1).maxCost("5"))
                .agents(List.of(Beans.agent(Map.of("name", "tester", "prompt", "Test", "maxCost", "2"))));

        assertThat(builder()
                        .maxConcurrent(1)
                        .maxCost(usd("5"))
                        .agent(agent("tester").prompt("Test").maxCost(usd("2")))
                        .toSpec())
                .isEqualTo(ofPom(pom));
    }

    @Test
    void aCaBundleIsTheImagesAsWell() throws IOException {
        String pem = "-----BEGIN CERTIFICATE-----\nMIIB\n-----END CERTIFICATE-----\n";
        Files.writeString(project.resolve("ca.pem"), pem);
        FleetConfiguration pom =
                new FleetConfiguration().image(Beans.fill(new ImageConfiguration(), Map.of("caBundle", "ca.pem")));

        assertThat(builder().caBundle(new CaBundle(pem)).toSpec()).isEqualTo(ofPom(pom));
    }

    private FleetBuilder builder() {
        return FleetBuilder.of(Shop.idOf("shop"), USER, HOME);
    }

    private AgentBuilder agent(String name) {
        return AgentBuilder.named(name, project);
    }

    private static Usd usd(String amount) {
        return Usd.parse("maxCost", amount);
    }

    private FleetSpec ofPom(FleetConfiguration pom) {
        ConfigurationContext context = new ConfigurationContext(
                project, HOME, Map.of(), property -> Optional.empty(), server -> Optional.empty());
        return pom.toSpec(Shop.idOf("shop"), context, USER);
    }
}
