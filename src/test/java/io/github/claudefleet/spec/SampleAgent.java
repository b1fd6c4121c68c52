package io.github.claudefleet.spec;

import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Agent as configured by a pom with only a name; a test sets everything else. */
public final class SampleAgent {

    private final AgentName name;
    private Optional<Prompt> prompt = Optional.empty();
    private boolean takesOrders;
    private Path workspace = Path.of("/home/ann/shop");
    private Optional<Path> copies = Optional.empty();
    private Map<String, String> environment = Map.of();
    private ClaudeOptions claude = ClaudeOptions.DEFAULT;
    private ResourceLimits limits = ResourceLimits.DEFAULT;

    private SampleAgent(AgentName name) {
        this.name = name;
    }

    public static SampleAgent named(String name) {
        return new SampleAgent(new AgentName(name));
    }

    public SampleAgent prompt(String text) {
        prompt = Optional.of(new Prompt(text));
        return this;
    }

    /** Lets the agent wait for tasks. */
    public SampleAgent takesOrders() {
        takesOrders = true;
        return this;
    }

    public SampleAgent workspace(Path directory) {
        workspace = directory;
        return this;
    }

    /** Gives the agent its own copy, which is created below this directory. */
    public SampleAgent own(Path root) {
        copies = Optional.of(root);
        return this;
    }

    public SampleAgent environment(Map<String, String> value) {
        environment = value;
        return this;
    }

    public SampleAgent claude(ClaudeOptions value) {
        claude = value;
        return this;
    }

    public SampleAgent limits(ResourceLimits value) {
        limits = value;
        return this;
    }

    public AgentSpec spec() {
        return new AgentSpec(name, prompt, takesOrders, workspace(), new TreeMap<>(environment), claude, limits);
    }

    private Workspace workspace() {
        return copies.map(root -> Workspace.of(new WorkspaceOrigin(
                        workspace, WorkspaceStrategy.COPY, Optional.empty(), true, IntegrationSpec.DEFAULT, root)))
                .orElseGet(() -> Workspace.bind(workspace));
    }
}
