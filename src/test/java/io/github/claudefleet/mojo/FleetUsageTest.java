package io.github.claudefleet.mojo;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FleetUsageTest {

    @TempDir
    private Path shop;

    @Test
    void aModuleWithoutTestsUsesNoFleetThoughItInheritsThePluginThatRunsThem() {
        assertThat(use(withFailsafe(module())).isLikely(false)).isFalse();
        assertThat(use(withFailsafe(module().pom())).isLikely(false)).isFalse();
    }

    @Test
    void testsUseIt() throws IOException {
        SampleModule module = withFailsafe(module());
        Files.createDirectories(shop.resolve("one/src/test/java"));

        assertThat(use(module).isLikely(false)).isTrue();
        assertThat(use(module).isInTests()).isTrue();
    }

    @Test
    void unitTestsAloneAreNoReasonToKeepItUp() throws IOException {
        Files.createDirectories(shop.resolve("one/src/test/java"));

        assertThat(use(module()).isInTests()).isFalse();
    }

    @Test
    void aPropertyOfTheFleetInAnyPluginUsesIt() {
        SampleModule module = module().with(
                        SampleModule.mavens("maven-antrun-plugin"),
                        SampleModule.configured(
                                SampleModule.execution("look", "verify", "run"),
                                "target",
                                "${claude-fleet.a-1.state}"));

        assertThat(use(module).namesProperties()).isTrue();
        assertThat(use(module).isInTests()).isTrue();
    }

    @Test
    void aParameterOfThePluginIsNoPropertyOfAFleet() {
        SampleModule module = module().with(
                        SampleModule.mavens("maven-antrun-plugin"),
                        SampleModule.configured(
                                SampleModule.execution("look", "verify", "run"), "target", "${claude-fleet.workers}"));

        assertThat(use(module).namesProperties()).isFalse();
    }

    @Test
    void aParentThatConfiguresTheTestsOfItsModulesHasNoUseForItItself() throws IOException {
        SampleModule parent = module().pom()
                .property("argLine", "-Did=${claude-fleet.a.containerId}")
                .with(
                        SampleModule.mavens("maven-failsafe-plugin"),
                        SampleModule.configured(
                                SampleModule.execution("default", null, "integration-test"),
                                "systemProperties",
                                "${claude-fleet.a.containerId}"));
        assertThat(use(parent).isLikely(false)).isFalse();

        Files.createDirectories(shop.resolve("one/src/test/java"));
        assertThat(use(parent).namesProperties()).isTrue();
    }

    @Test
    void aScriptAmongTheTestsMayUseIt() {
        SampleModule script = module().pom()
                .with(
                        SampleModule.mavens("maven-antrun-plugin"),
                        SampleModule.execution("look", "integration-test", "run"));
        SampleModule early = module().pom()
                .with(SampleModule.mavens("maven-antrun-plugin"), SampleModule.execution("look", "validate", "run"));

        assertThat(use(script).isLikely(false)).isTrue();
        assertThat(use(early).isLikely(false)).isFalse();
    }

    @Test
    void whatHasAPhaseOfItsOwnMayUseItInAModuleThatIsMoreThanAPom() {
        SampleModule jar =
                module().with(SampleModule.mavens("maven-invoker-plugin"), SampleModule.execution("its", null, "run"));
        SampleModule pom = module().pom()
                .with(SampleModule.mavens("maven-enforcer-plugin"), SampleModule.execution("rules", null, "enforce"));

        assertThat(use(jar).isLikely(false)).isTrue();
        assertThat(use(pom).isLikely(false)).isFalse();
    }

    @Test
    void whatAPackagingBindsIsNotThereForAFleet() {
        SampleModule jar = module().with(
                        SampleModule.mavens("maven-compiler-plugin"),
                        SampleModule.execution("default-compile", null, "x"));

        assertThat(use(jar).isLikely(false)).isFalse();
    }

    @Test
    void aFleetThatStartsEarlyIsAroundAllThatAModuleDoes() {
        assertThat(use(module()).isLikely(true)).isTrue();
        assertThat(use(module().pom()).isLikely(true)).isFalse();
    }

    private SampleModule module() {
        return SampleModule.in(shop.resolve("one"));
    }

    private static SampleModule withFailsafe(SampleModule module) {
        return module.with(
                SampleModule.mavens("maven-failsafe-plugin"),
                SampleModule.execution("default", null, "integration-test", "verify"));
    }

    private static FleetUsage use(SampleModule module) {
        return new FleetUsage(module.project(), SampleModule.KEY);
    }
}
