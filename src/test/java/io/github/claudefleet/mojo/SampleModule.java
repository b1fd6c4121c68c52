package io.github.claudefleet.mojo;

import java.nio.file.Path;
import java.util.List;
import org.apache.maven.model.Build;
import org.apache.maven.model.Model;
import org.apache.maven.model.Plugin;
import org.apache.maven.model.PluginExecution;
import org.apache.maven.model.Profile;
import org.apache.maven.project.MavenProject;
import org.codehaus.plexus.util.xml.Xpp3Dom;

/** Module of an invented reactor. */
final class SampleModule {

    static final String KEY = "io.github.claudefleet:claude-fleet-maven-plugin";

    private final MavenProject project = new MavenProject(model());

    private SampleModule(String name) {
        project.setArtifactId(name);
        project.setGroupId("shop");
        project.setVersion("1");
        project.setOriginalModel(model());
    }

    /** Creates a project with a pom. */
    static SampleModule in(Path directory) {
        SampleModule module = fromRepository(String.valueOf(directory.getFileName()));
        module.project.setFile(directory.resolve("pom.xml").toFile());
        module.project
                .getBuild()
                .setTestSourceDirectory(directory.resolve("src/test/java").toString());
        return module;
    }

    static SampleModule fromRepository(String name) {
        return new SampleModule(name);
    }

    MavenProject project() {
        return project;
    }

    SampleModule root() {
        project.setExecutionRoot(true);
        return this;
    }

    SampleModule pom(String... modules) {
        project.setPackaging("pom");
        project.getModel().setModules(List.of(modules));
        return this;
    }

    SampleModule under(SampleModule parent) {
        project.setParent(parent.project);
        parent.project.getBuildPlugins().forEach(inherited -> project.getBuild().addPlugin(inherited.clone()));
        return this;
    }

    /** Declares the plugin, with an execution of these goals. */
    SampleModule declaring(String... goals) {
        project.getOriginalModel().getBuild().addPlugin(ours());
        return with(ours(), execution("default", null, goals));
    }

    SampleModule declaringInProfile(String id, boolean active) {
        Profile profile = new Profile();
        profile.setId(id);
        profile.setBuild(new Build());
        profile.getBuild().addPlugin(ours());
        project.getOriginalModel().addProfile(profile);
        if (active) {
            project.setInjectedProfileIds("shop:" + project.getArtifactId() + ":1", List.of(id));
        }
        return this;
    }

    SampleModule with(Plugin plugin, PluginExecution... executions) {
        Plugin present = project.getBuildPlugins().stream()
                .filter(one -> one.getKey().equals(plugin.getKey()))
                .findFirst()
                .orElseGet(() -> {
                    project.getBuild().addPlugin(plugin);
                    return plugin;
                });
        List.of(executions).forEach(present::addExecution);
        return this;
    }

    SampleModule property(String name, String value) {
        project.getProperties().setProperty(name, value);
        return this;
    }

    static Plugin ours() {
        return plugin("io.github.claudefleet", "claude-fleet-maven-plugin");
    }

    static Plugin mavens(String artifact) {
        return plugin("org.apache.maven.plugins", artifact);
    }

    static Plugin plugin(String group, String artifact) {
        Plugin plugin = new Plugin();
        plugin.setGroupId(group);
        plugin.setArtifactId(artifact);
        plugin.setVersion("1");
        return plugin;
    }

    /** @param phase null for the goal's default phase */
    static PluginExecution execution(String id, String phase, String... goals) {
        PluginExecution execution = new PluginExecution();
        execution.setId(id);
        execution.setPhase(phase);
        List.of(goals).forEach(execution::addGoal);
        return execution;
    }

    static PluginExecution configured(PluginExecution execution, String element, String value) {
        Xpp3Dom child = new Xpp3Dom(element);
        child.setValue(value);
        Xpp3Dom configuration = new Xpp3Dom("configuration");
        configuration.addChild(child);
        execution.setConfiguration(configuration);
        return execution;
    }

    private static Model model() {
        Model model = new Model();
        model.setBuild(new Build());
        return model;
    }
}
