package io.github.claudefleet.mojo;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FleetUseTest {

    @TempDir
    private Path shop;

    @Test
    void a_module_without_tests_uses_no_fleet_though_it_inherits_the_plugin_that_runs_them() {
        assertThat(use(withFailsafe(module())).isLikely(false)).isFalse();
        assertThat(use(withFailsafe(module().pom())).isLikely(false)).isFalse();
    }

    @Test
    void tests_use_it() throws IOException {
        SampleModule module = withFailsafe(module());
        Files.createDirectories(shop.resolve("one/src/test/java"));

        assertThat(use(module).isLikely(false)).isTrue();
        assertThat(use(module).isInTests()).isTrue();
    }

    @Test
    void unit_tests_alone_are_no_reason_to_keep_it_up() throws IOException {
        Files.createDirectories(shop.resolve("one/src/test/java"));

        assertThat(use(module()).isInTests()).isFalse();
    }

    @Test
    void a_property_of_the_fleet_in_any_plugin_uses_it() {
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
    void a_parameter_of_the_plugin_is_no_property_of_a_fleet() {
        SampleModule module = module().with(
                        SampleModule.mavens("maven-antrun-plugin"),
                        SampleModule.configured(
                                SampleModule.execution("look", "verify", "run"), "target", "${claude-fleet.workers}"));

        assertThat(use(module).namesProperties()).isFalse();
    }

    @Test
    void a_parent_that_configures_the_tests_of_its_modules_has_no_use_for_it_itself() throws IOException {
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
    void a_script_among_the_tests_may_use_it() {
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
    void what_has_a_phase_of_its_own_may_use_it_in_a_module_that_is_more_than_a_pom() {
        SampleModule jar =
                module().with(SampleModule.mavens("maven-invoker-plugin"), SampleModule.execution("its", null, "run"));
        SampleModule pom = module().pom()
                .with(SampleModule.mavens("maven-enforcer-plugin"), SampleModule.execution("rules", null, "enforce"));

        assertThat(use(jar).isLikely(false)).isTrue();
        assertThat(use(pom).isLikely(false)).isFalse();
    }

    @Test
    void what_a_packaging_binds_is_not_there_for_a_fleet() {
        SampleModule jar = module().with(
                        SampleModule.mavens("maven-compiler-plugin"),
                        SampleModule.execution("default-compile", null, "x"));

        assertThat(use(jar).isLikely(false)).isFalse();
    }

    @Test
    void a_fleet_that_starts_early_is_around_all_that_a_module_does() {
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

    private static FleetUse use(SampleModule module) {
        return new FleetUse(module.project(), SampleModule.KEY);
    }
}
