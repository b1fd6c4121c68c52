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
    void aProjectAloneHasItsOwn() {
        SampleModule alone = module("one").root().declaring("start");

        assertThat(reactor(alone).fleetProject(alone.project())).contains(alone.project());
    }

    @Test
    void aProjectAloneThatDeclaresNothingHasItsOwnAtTheCommandLine() {
        SampleModule alone = module("one").root();

        assertThat(reactor(alone).fleetProject(alone.project())).contains(alone.project());
    }

    @Test
    void modulesShareTheFleetOfTheParentThatDeclaresIt() {
        SampleModule root = module("root").root().pom("one", "two").declaring("start");
        SampleModule heir = module("one").under(root);
        SampleModule owner = module("two").under(root).declaring("start");
        Reactor reactor = reactor(root, heir, owner);

        assertThat(reactor.fleetProject(heir.project())).contains(root.project());
        assertThat(reactor.fleetProject(owner.project())).contains(owner.project());
        assertThat(reactor.modulesOf(root.project())).containsExactly(root.project(), heir.project());
    }

    @Test
    void theyShareItWhereTheParentIsNotBuiltItself() {
        SampleModule parent = module("parent").pom().declaring("start");
        SampleModule one = module("one").root().under(parent);

        assertThat(reactor(one).fleetProject(one.project())).contains(parent.project());
    }

    @Test
    void theNearestParentThatDeclaresItCounts() {
        SampleModule root = module("root").pom("middle").declaring("start");
        SampleModule middle = module("middle").pom("leaf").under(root).declaring("start");
        SampleModule leaf = module("leaf").under(middle);

        assertThat(reactor(root, middle, leaf).fleetProject(leaf.project())).contains(middle.project());
    }

    @Test
    void aDeclarationInAProfileCountsWhileThatIsActive() {
        SampleModule off = module("off").declaringInProfile("agents", false);
        SampleModule on = module("on").declaringInProfile("agents", true);
        SampleModule root = module("root").root().pom("off", "on");
        Reactor reactor = reactor(root, off, on);

        assertThat(reactor.fleetProject(on.project())).contains(on.project());
        assertThat(reactor.fleetProject(off.project())).isEmpty();
    }

    @Test
    void aRootHasNoneWhereOnlyAModuleDeclaresIt() {
        SampleModule root = module("root").root().pom("one");
        SampleModule owner = module("one").under(root).declaring("start");

        assertThat(reactor(root, owner).fleetProject(root.project())).isEmpty();
    }

    @Test
    void whatNobodyDeclaresIsTheRootsAtTheCommandLineAlsoWhereItIsNotBuilt() {
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
    void whatAParentFromARepositoryDeclaresIsTheFleetOfTheCheckout() {
        SampleModule corporate = SampleModule.fromRepository("corporate").pom().declaring("start");
        SampleModule root = module("root").pom("one").under(corporate);
        SampleModule one = module("one").under(root);

        assertThat(reactor(root.root(), one).fleetProject(one.project())).contains(root.project());
        assertThat(reactor(one).fleetProject(one.project())).contains(root.project());
    }

    @Test
    void modulesThatHaveThatParentEachShareTheRootsFleet() {
        SampleModule corporate = SampleModule.fromRepository("corporate").pom().declaring("start");
        SampleModule root = module("root").root().pom("one").under(corporate);
        SampleModule one = module("one").under(corporate);

        assertThat(reactor(root, one).fleetProject(one.project())).contains(root.project());
    }

    @Test
    void aGuestUsesAFleetThatItDoesNotStart() {
        SampleModule root = module("root").root().pom("one", "two", "three").declaring("start");
        SampleModule guest = looking(module("one"));
        SampleModule heir = looking(module("two").under(root));
        SampleModule other = module("three");

        assertThat(reactor(root, guest, heir, other).guestsOf(root.project(), FleetUsage::namesProperties))
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
