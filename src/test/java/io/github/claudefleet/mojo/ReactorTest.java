package io.github.claudefleet.mojo;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.apache.maven.project.MavenProject;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReactorTest {

    @TempDir
    private Path shop;

    @Test
    void a_project_alone_has_its_own() {
        SampleModule alone = module("one").root().declaring("start");

        assertThat(reactor(alone).fleetProject(alone.project())).contains(alone.project());
    }

    @Test
    void a_project_alone_that_declares_nothing_has_its_own_at_the_command_line() {
        SampleModule alone = module("one").root();

        assertThat(reactor(alone).fleetProject(alone.project())).contains(alone.project());
    }

    @Test
    void modules_share_the_fleet_of_the_parent_that_declares_it() {
        SampleModule root = module("root").root().pom("one", "two").declaring("start");
        SampleModule heir = module("one").under(root);
        SampleModule owner = module("two").under(root).declaring("start");
        Reactor reactor = reactor(root, heir, owner);

        assertThat(reactor.fleetProject(heir.project())).contains(root.project());
        assertThat(reactor.fleetProject(owner.project())).contains(owner.project());
        assertThat(reactor.modulesOf(root.project())).containsExactly(root.project(), heir.project());
    }

    @Test
    void they_share_it_where_the_parent_is_not_built_itself() {
        SampleModule parent = module("parent").pom().declaring("start");
        SampleModule one = module("one").root().under(parent);

        assertThat(reactor(one).fleetProject(one.project())).contains(parent.project());
    }

    @Test
    void the_nearest_parent_that_declares_it_counts() {
        SampleModule root = module("root").pom("middle").declaring("start");
        SampleModule middle = module("middle").pom("leaf").under(root).declaring("start");
        SampleModule leaf = module("leaf").under(middle);

        assertThat(reactor(root, middle, leaf).fleetProject(leaf.project())).contains(middle.project());
    }

    @Test
    void a_declaration_in_a_profile_counts_while_that_is_active() {
        SampleModule off = module("off").declaringInProfile("agents", false);
        SampleModule on = module("on").declaringInProfile("agents", true);
        SampleModule root = module("root").root().pom("off", "on");
        Reactor reactor = reactor(root, off, on);

        assertThat(reactor.fleetProject(on.project())).contains(on.project());
        assertThat(reactor.fleetProject(off.project())).isEmpty();
    }

    @Test
    void a_root_has_none_where_only_a_module_declares_it() {
        SampleModule root = module("root").root().pom("one");
        SampleModule owner = module("one").under(root).declaring("start");

        assertThat(reactor(root, owner).fleetProject(root.project())).isEmpty();
    }

    @Test
    void what_nobody_declares_is_the_roots_at_the_command_line_also_where_it_is_not_built() {
        SampleModule root = module("root").root().pom("one", "two");
        SampleModule one = module("one").under(root);
        SampleModule two = module("two").under(root);
        List<MavenProject> selected = List.of(one.project(), two.project());
        Reactor reactor =
                new Reactor(selected, List.of(root.project(), one.project(), two.project()), SampleModule.KEY);

        assertThat(reactor.fleetProject(one.project())).contains(root.project());
        assertThat(reactor.modulesOf(root.project())).isEqualTo(selected);
    }

    @Test
    void what_a_parent_from_a_repository_declares_is_the_fleet_of_the_checkout() {
        SampleModule corporate = SampleModule.fromRepository("corporate").pom().declaring("start");
        SampleModule root = module("root").pom("one").under(corporate);
        SampleModule one = module("one").under(root);

        assertThat(reactor(root.root(), one).fleetProject(one.project())).contains(root.project());
        assertThat(reactor(one).fleetProject(one.project())).contains(root.project());
    }

    @Test
    void modules_that_have_that_parent_each_share_the_roots_fleet() {
        SampleModule corporate = SampleModule.fromRepository("corporate").pom().declaring("start");
        SampleModule root = module("root").root().pom("one").under(corporate);
        SampleModule one = module("one").under(corporate);

        assertThat(reactor(root, one).fleetProject(one.project())).contains(root.project());
    }

    @Test
    void a_guest_uses_a_fleet_that_it_does_not_start() {
        SampleModule root = module("root").root().pom("one", "two", "three").declaring("start");
        SampleModule guest = looking(module("one"));
        SampleModule heir = looking(module("two").under(root));
        SampleModule other = module("three");

        assertThat(reactor(root, guest, heir, other).guestsOf(root.project(), FleetUse::namesProperties))
                .containsExactly(guest.project());
    }

    private static SampleModule looking(SampleModule module) {
        return module.with(
                SampleModule.mavens("maven-antrun-plugin"),
                SampleModule.configured(
                        SampleModule.execution("look", "verify", "run"),
                        "target",
                        "${claude-fleet.tester.containerId}"));
    }

    private SampleModule module(String name) {
        return SampleModule.in(shop.resolve(name));
    }

    private static Reactor reactor(SampleModule... modules) {
        List<MavenProject> projects =
                Stream.of(modules).map(SampleModule::project).toList();
        return new Reactor(projects, projects, SampleModule.KEY);
    }
}
