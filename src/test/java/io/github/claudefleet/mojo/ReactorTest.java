package io.github.claudefleet.mojo;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.apache.maven.model.Build;
import org.apache.maven.model.Model;
import org.apache.maven.model.Plugin;
import org.apache.maven.project.MavenProject;
import org.junit.jupiter.api.Test;

class ReactorTest {

    private static final String KEY = "io.github.claudefleet:claude-fleet-maven-plugin";

    @Test
    void aProjectAloneHasItsOwn() {
        MavenProject alone = project(true, false, false);

        assertThat(reactor(alone).isOfAnother(alone)).isFalse();
    }

    @Test
    void aModuleThatInheritsHasNone() {
        MavenProject root = project(true, true, true);
        MavenProject heir = project(false, false, true);
        MavenProject owner = project(false, true, true);
        Reactor reactor = reactor(root, heir, owner);

        assertThat(reactor.isOfAnother(root)).isFalse();
        assertThat(reactor.isOfAnother(heir)).isTrue();
        assertThat(reactor.isOfAnother(owner)).isFalse();
    }

    @Test
    void aRootHasNoneWhereOnlyAModuleDeclaresIt() {
        MavenProject root = project(true, false, false);
        MavenProject owner = project(false, true, true);

        assertThat(reactor(root, owner).isOfAnother(root)).isTrue();
        assertThat(reactor(root, project(false, false, false)).isOfAnother(root))
                .as("for the command line")
                .isFalse();
    }

    @Test
    void modulesThatAreBuiltWithoutTheirRootHaveTheirOwn() {
        MavenProject one = project(false, false, true);
        MavenProject two = project(false, false, true);

        assertThat(reactor(one, two).isOfAnother(one)).isFalse();
    }

    private static Reactor reactor(MavenProject... projects) {
        return new Reactor(List.of(projects), KEY);
    }

    private static MavenProject project(boolean root, boolean declares, boolean has) {
        MavenProject project = new MavenProject(model(has));
        project.setOriginalModel(model(declares));
        project.setExecutionRoot(root);
        return project;
    }

    private static Model model(boolean withPlugin) {
        Model model = new Model();
        model.setBuild(new Build());
        if (withPlugin) {
            Plugin plugin = new Plugin();
            plugin.setGroupId("io.github.claudefleet");
            plugin.setArtifactId("claude-fleet-maven-plugin");
            model.getBuild().addPlugin(plugin);
        }
        return model;
    }
}
