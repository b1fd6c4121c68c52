package io.github.claudefleet.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.claudefleet.spec.CheckSpec;
import io.github.claudefleet.spec.ClaudeOptions;
import io.github.claudefleet.spec.FindingsSchema;
import io.github.claudefleet.spec.FleetSpec;
import io.github.claudefleet.spec.InvalidSpecException;
import io.github.claudefleet.spec.Task;
import io.github.claudefleet.spec.TaskQueue;
import io.github.claudefleet.spec.TaskTimeouts;
import io.github.claudefleet.spec.Usd;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Configuration of the agents' work in a pom, and the resulting spec. */
class WorkConfigurationTest extends PomFixture {

    private final WorkDefaults defaults = new WorkDefaults();

    // ---- prompts

    @Test
    void eachReplicaHasAPromptOfItsOwnAndBeginsAtOnce() {
        FleetSpec spec = spec(agent("tester", Map.of("replicas", 2, "prompt", "Test as {{agent}}, no. {{replica}}")));

        assertThat(spec.work().queues())
                .extracting(queue -> queue.name() + ": " + texts(queue))
                .containsExactly("tester-1: [Test as tester-1, no. 1]", "tester-2: [Test as tester-2, no. 2]");
        assertThat(spec.work().queues()).allMatch(TaskQueue::atOnce);
        assertThat(spec.agents()).allMatch(agent -> agent.prompt().isPresent() && !agent.takesTasks());
    }

    @Test
    void replicasShareTasksAndAreToldWhatToDo() {
        FleetSpec spec = spec(agent("fixer", Map.of("replicas", 2, "tasks", tasks("Fix {{task}}", "Mend", "Clean"))));

        TaskQueue queue = onlyQueue(spec);
        assertThat(queue.agents()).hasToString("[fixer-1, fixer-2]");
        assertThat(queue.tasks())
                .extracting(task -> task.id().toString())
                .containsExactly("fixer/01", "fixer/02", "fixer/03");
        assertThat(texts(queue)).containsExactly("Fix 01", "Mend", "Clean");
        assertThat(spec.agents()).allMatch(agent -> agent.prompt().isEmpty() && agent.takesTasks());
    }

    @Test
    void tasksOfAFolderAreCalledAsTheirFiles() throws IOException {
        Path folder = Files.createDirectory(project.resolve("todo"));
        Files.writeString(folder.resolve("B Parser.md"), "Fix the parser");
        Files.writeString(folder.resolve("a.txt"), "Fix the lexer");
        Files.writeString(folder.resolve("notes.pdf"), "no prompt");
        Files.writeString(folder.resolve(".hidden.md"), "no prompt");

        TaskQueue queue = onlyQueue(spec(agent("fixer", Map.of("tasksFrom", "todo"))));

        assertThat(queue.tasks()).extracting(task -> task.id().toString()).containsExactly("fixer/b-parser", "fixer/a");
    }

    @Test
    void tasksOfAFileStandBetweenLinesOfHyphens() throws IOException {
        Files.writeString(project.resolve("todo.md"), "---\nFix\n--- not a border\n---  \n\n---\nMend\n");

        assertThat(texts(onlyQueue(spec(agent("fixer", Map.of("tasksFrom", "todo.md"))))))
                .containsExactly("Fix\n--- not a border", "Mend");
    }

    @Test
    void anAgentWithoutWorkHasNoQueue() {
        assertThat(spec(agent("idle", Map.of())).work().isNone()).isTrue();
    }

    // ---- dependencies

    @Test
    void whoDependsOnOthersWaitsForAllTheirReplicas() {
        FleetSpec spec = spec(
                agent("judge", Map.of("prompt", "Judge", "dependsOn", List.of("tester"))),
                agent("tester", Map.of("replicas", 2, "prompt", "Test")));

        TaskQueue judge = spec.work().queues().get(0);
        assertThat(judge.dependsOn()).hasToString("[tester-1, tester-2]");
        assertThat(judge.atOnce()).isFalse();
        assertThat(spec.work().queues().subList(1, 3)).allMatch(TaskQueue::atOnce);
    }

    @ParameterizedTest
    @CsvSource({"2, , ", " , 5s, ", " , , 20"})
    void nobodyBeginsByItselfWhereSomebodyHasToCount(Integer most, String stagger, String cost) {
        defaults.maxConcurrent(most).stagger(stagger).maxCost(cost);

        assertThat(onlyQueue(spec(agent("tester", Map.of("prompt", "Test")))).atOnce())
                .isFalse();
    }

    @Test
    void refusesACircle() {
        InvalidSpecException refusal = refused(
                agent("a", Map.of("prompt", "x", "dependsOn", List.of("b"))),
                agent("b", Map.of("prompt", "x", "dependsOn", List.of("c"))),
                agent("c", Map.of("prompt", "x", "dependsOn", List.of("a"))));

        assertThat(refusal).hasMessage("agent.dependsOn goes in a circle: a -> b -> c -> a");
    }

    @ParameterizedTest
    @CsvSource({"nobody, which is no agent of this fleet", "idle, which has nothing to do"})
    void refusesToWaitForWhatNeverEnds(String other, String reason) {
        InvalidSpecException refusal =
                refused(agent("a", Map.of("prompt", "x", "dependsOn", List.of(other))), agent("idle", Map.of()));

        assertThat(refusal).hasMessageContaining("\"" + other + "\", " + reason);
    }

    // ---- placeholders

    @Test
    void fillsInWhatTheBuildTheFleetAndThePomKnow() throws IOException {
        Files.writeString(
                project.resolve("p.md"),
                "${project.version} {{ fleet }} {{agent}} {{lang}} $${x} \\{{y}} \\${z} $5 {{}}");

        assertThat(texts(onlyQueue(
                        spec(agent("tester", Map.of("promptFile", "p.md", "placeholders", Map.of("lang", "C$1\\")))))))
                .containsExactly("1.2 shop tester C$1\\ ${x} {{y}} ${z} $5 {{}}");
    }

    @ParameterizedTest
    @CsvSource({"${nobody.knows}, is no property of this build", "{{nobody}}, is no placeholder"})
    void refusesWhatNobodyKnows(String text, String reason) {
        assertThat(refused(agent("tester", Map.of("prompt", "Do " + text))))
                .hasMessageContaining(text)
                .hasMessageContaining(reason)
                .hasMessageEndingWith("(agent tester)");
    }

    // ---- limits

    @Test
    void anAgentsOwnClocksGoBeforeTheFleets() {
        defaults.taskTimeout("2h").idleTimeout("none").endTimeout("1s");

        TaskQueue queue = onlyQueue(
                spec(agent("tester", Map.of("prompt", "x", "taskTimeout", "30s", "retries", 0, "check", "mvn test"))));

        assertThat(queue.taskTimeouts())
                .isEqualTo(
                        new TaskTimeouts(Optional.of(Duration.ofSeconds(30)), Optional.empty(), Duration.ofSeconds(1)));
        assertThat(queue.retries()).isZero();
        assertThat(queue.check()).contains(CheckSpec.of("mvn test"));
    }

    @Test
    void theBackgroundHasAClockOfItsOwn() {
        defaults.backgroundTimeout("2m");

        assertThat(onlyQueue(spec(agent("tester", Map.of("prompt", "x"))))
                        .taskTimeouts()
                        .background())
                .contains(Duration.ofMinutes(2));
        assertThat(onlyQueue(spec(agent("tester", Map.of("prompt", "x", "backgroundTimeout", "none"))))
                        .taskTimeouts()
                        .background())
                .isEmpty();
    }

    @Test
    void commandsHaveTheClisOwnLimitUnlessItIsSaidOrAgentsBuildWithMaven() {
        AgentConfiguration plain = agent("tester", Map.of("prompt", "x"));
        JavaConfiguration java = new JavaConfiguration();
        java.set("21");

        assertThat(bashTimeout(fleet(plain))).isNull();
        assertThat(bashTimeout(fleet(plain).java(java, JavaConfiguration.NO_MAVEN)))
                .isEqualTo("600000");
        assertThat(bashTimeout(fleet(agent("tester", Map.of("prompt", "x", "bashTimeout", "90s")))
                        .java(java, JavaConfiguration.NO_MAVEN)))
                .isEqualTo("90000");
        assertThat(bashTimeout(fleet(agent(
                        "tester",
                        Map.of("prompt", "x", "bashTimeout", "90s", "environment", Map.of(BASH_TIMEOUT, "5000"))))))
                .as("the environment goes before")
                .isEqualTo("5000");
        defaults.idleTimeout("8m");
        assertThat(bashTimeout(fleet(plain).java(java, JavaConfiguration.NO_MAVEN)))
                .as("no default is more than a task may be silent for")
                .isEqualTo("240000");
    }

    @Test
    void refusesALimitForCommandsThatATaskWouldBeStoppedBefore() {
        assertThat(refused(agent("tester", Map.of("prompt", "x", "bashTimeout", "20m"))))
                .hasMessageContaining("bashTimeout of 20m is not less than idleTimeout, 15m")
                .hasMessageEndingWith("(agent tester)");
    }

    private static final String BASH_TIMEOUT = "BASH_DEFAULT_TIMEOUT_MS";

    private String bashTimeout(FleetConfiguration fleet) {
        return spec(fleet).agents().get(0).environment().get(BASH_TIMEOUT);
    }

    @Test
    void whatATaskMayCostIsTheClisOwnLimit() {
        FleetSpec spec = spec(agent("tester", Map.of("prompt", "x", "maxCost", "2.50")));

        assertThat(onlyQueue(spec).maxCost()).contains(Usd.parse("maxCost", "2.50"));
        assertThat(spec.agents().get(0).claude().arguments()).containsExactly("--max-budget-usd", "2.50");
    }

    // ---- arguments of the CLI

    @Test
    void theSchemaOfFindingsHasAName() {
        ClaudeOptions options = spec(agent("reviewer", Map.of("prompt", "See", "jsonSchema", " findings ")))
                .agents()
                .get(0)
                .claude();

        assertThat(options.jsonSchema()).contains(FindingsSchema.text());
    }

    @Test
    void eachParameterIsAnArgumentOfTheCli() throws IOException {
        Files.writeString(project.resolve("mcp.json"), "{\"mcpServers\":{}}");
        Map<String, Object> parameters = new HashMap<>();
        Map.of(
                        "model", "opus",
                        "tools", "Bash,Edit",
                        "allowedTools", "Bash(git *) Edit",
                        "disallowedTools", "WebFetch",
                        "systemPrompt", "You are",
                        "appendSystemPrompt", "Be brief",
                        "jsonSchema", " {\"type\":\"object\"}",
                        "resume", "abc",
                        "claudeArguments", "--debug",
                        "mcpConfig", "mcp.json")
                .forEach(parameters::put);
        parameters.put("repositorySettings", true);
        parameters.put("fallbackModel", " sonnet,haiku ");
        parameters.put("effort", "xhigh");
        parameters.put("settings", "settings.json");
        Files.writeString(project.resolve("settings.json"), "{\"permissions\":{\"deny\":[\"WebFetch\"]}}\n");

        ClaudeOptions options =
                spec(agent("tester", parameters)).agents().get(0).claude();

        assertThat(String.join("|", options.arguments()))
                .isEqualTo("--model|opus|--fallback-model|sonnet,haiku|--effort|xhigh|--tools|Bash,Edit"
                        + "|--allowedTools|Bash(git *) Edit|--disallowedTools|WebFetch"
                        + "|--system-prompt|You are|--append-system-prompt|Be brief"
                        + "|--json-schema|{\"type\":\"object\"}|--resume|abc|--debug");
        assertThat(options.settings()).contains("{\"permissions\":{\"deny\":[\"WebFetch\"]}}\n");
        assertThat(options.mcpServers()).contains("{\"mcpServers\":{}}");
        assertThat(options.repositorySettings()).isTrue();
    }

    // ---- bad input

    @ParameterizedTest
    @CsvSource({
        "tasksFrom, nowhere, can't be read",
        "tasksFrom, empty, holds no prompt",
        "maxCost, free, is no amount of money",
        "retries, 21, out of range",
        "taskTimeout, soon, is not a duration",
        "endTimeout, none, can't be none",
        "mcpConfig, nowhere.json, can't be read"
    })
    void refusesWhatCannotBe(String parameter, String value, String problem) throws IOException {
        Files.createDirectory(project.resolve("empty"));

        assertThat(refused(agent(
                        "a",
                        Map.of("prompt", "x", parameter, value).entrySet().stream()
                                .filter(entry -> !(parameter.equals("tasksFrom")
                                        && entry.getKey().equals("prompt")))
                                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue)))))
                .hasMessageContaining(problem)
                .hasMessageContaining("agent a");
    }

    @Test
    void refusesTwoTasksOfOneName() {
        TaskConfiguration task = Beans.fill(new TaskConfiguration(), Map.of("name", "parser", "prompt", "x"));

        assertThat(refused(agent("a", Map.of("tasks", List.of(task, task))))).hasMessageContaining("a/parser");
    }

    private static List<TaskConfiguration> tasks(String... prompts) {
        return Arrays.stream(prompts)
                .map(prompt -> Beans.fill(new TaskConfiguration(), Map.of("prompt", prompt)))
                .toList();
    }

    private static TaskQueue onlyQueue(FleetSpec spec) {
        assertThat(spec.work().queues()).hasSize(1);
        return spec.work().queues().get(0);
    }

    private static List<String> texts(TaskQueue queue) {
        return queue.tasks().stream()
                .map(Task::prompt)
                .map(prompt -> prompt.text())
                .toList();
    }

    @Override
    FleetConfiguration fleet(AgentConfiguration... agents) {
        return super.fleet(agents).work(defaults);
    }
}
