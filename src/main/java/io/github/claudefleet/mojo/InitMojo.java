package io.github.claudefleet.mojo;

import io.github.claudefleet.init.InitPlan;
import io.github.claudefleet.init.InitRequest;
import io.github.claudefleet.init.PluginElement;
import java.nio.file.Path;
import java.util.Optional;
import org.apache.maven.execution.MavenSession;
import org.apache.maven.plugin.AbstractMojo;
import org.apache.maven.plugin.MojoExecution;
import org.apache.maven.plugin.MojoExecutionException;
import org.apache.maven.plugin.MojoFailureException;
import org.apache.maven.plugins.annotations.Mojo;
import org.apache.maven.plugins.annotations.Parameter;
import org.apache.maven.project.MavenProject;

/**
 * Adds a fleet to the nearest pom, and writes its prompts below {@code src/fleet}. Asks what the fleet is for, shows the
 * changes as a diff, and writes them after a yes. In batch mode ({@code -B}) it takes the properties
 * {@code claude-fleet.init.…} and their defaults, and writes at once. The rest of the pom keeps its bytes, and existing
 * prompts are kept. It needs no engine.
 */
@Mojo(name = "init", requiresProject = false, threadSafe = true)
public class InitMojo extends AbstractMojo {

    /** Purpose of the fleet: {@code review}, {@code fix-tests}, {@code tasks} or {@code custom}. */
    @Parameter(property = "claude-fleet.init.purpose")
    private String purpose;

    /** Name of the agent. The default depends on the purpose, such as {@code reviewer}. */
    @Parameter(property = "claude-fleet.init.agent")
    private String initAgent;

    /** Text of the agent's prompt. It is required for purpose {@code custom}; others have a text of their own. */
    @Parameter(property = "claude-fleet.init.prompt")
    private String prompt;

    /** File of the prompt, relative to the pom. An existing file is used as it is. */
    @Parameter(property = "claude-fleet.init.promptFile")
    private String promptFile;

    /** Login of the fleet: {@code login}, {@code token} or {@code apiKey}. The default is {@code login}. */
    @Parameter(property = "claude-fleet.init.auth")
    private String authMode;

    /** Binds the fleet to the build, around its integration tests. The default is {@code false}. */
    @Parameter(property = "claude-fleet.init.bind")
    private Boolean bind;

    /** Shows the changes and writes nothing. */
    @Parameter(property = "claude-fleet.dryRun", defaultValue = "false")
    private boolean dryRun;

    @Parameter(defaultValue = "${session}", readonly = true, required = true)
    private MavenSession session;

    @Parameter(defaultValue = "${project}", readonly = true, required = true)
    private MavenProject project;

    @Parameter(defaultValue = "${mojoExecution}", readonly = true, required = true)
    private MojoExecution execution;

    @Override
    public void execute() throws MojoExecutionException, MojoFailureException {
        new GoalErrors(session.getRequest().isShowErrors()).translate(this::run);
    }

    private void run() throws InterruptedException, MojoExecutionException {
        PomOfBuild build = new PomOfBuild(session, project, execution);
        if (!build.isMeant()) {
            return;
        }
        Path pom = build.pom();
        PluginElement plugin = build.plugin();
        Optional<String> declaration = InitPlan.declaration(pom, plugin).or(build::inherited);
        if (declaration.isPresent()) {
            getLog().info("Nothing to do: " + pom + " has the plugin already, in " + declaration.get());
            return;
        }
        InitQuestions questions = new InitQuestions(
                new ConsoleTerminal(session.getRequest().isInteractiveMode(), Optional.empty()), getLog());
        InitRequest request = questions.complete(
                new InitQuestions.Given(purpose, initAgent, prompt, promptFile, authMode, bind),
                session.getRequest().isInteractiveMode());
        InitPlan plan = InitPlan.of(pom, plugin, request);
        if (questions.accepts(plan, dryRun)) {
            plan.write();
            questions.wrote(plan, request);
        }
    }
}
