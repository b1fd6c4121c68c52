package io.github.claudefleet.standin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.github.claudefleet.spec.InvalidSpecException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AgentScriptsTest {
    @TempDir
    Path directory;

    @Test
    void aDirectoryThatIsNotThereHasNoScripts() {
        assertThat(AgentScripts.in(directory.resolve("none")).agents()).isEmpty();
    }

    @Test
    void onlyFilesOfThatNameAreScripts() throws IOException {
        write("fixer.rehearsal.yml", "- steps: []\n");
        write("fixer.md", "Fix it.");

        assertThat(AgentScripts.in(directory).agents()).containsExactly("fixer");
    }

    @Test
    void stepsAreTurnsOfTheModelAndFaultsComeBeforeTheNextOne() throws IOException {
        List<ScriptedTurn> turns = turns("""
                - steps:
                    - run: mvn -q verify
                    - wait: 2s
                    - error: 529
                      times: 3
                    - quota: 1m
                    - edit: a/b.txt
                      content: |
                        new
                    - edit: /workspace/c.txt
                      replace: old
                      with: new
                    - tool: Grep
                      input: {pattern: x, glob: ["*.java"], limit: 3}
                    - answer: Done.
                """);

        assertThat(turns.stream().map(ScriptedTurn::block))
                .containsExactly(
                        new Block.ToolUse("Bash", Map.of("command", "mvn -q verify", "description", "Rehearse")),
                        new Block.ToolUse("Read", Map.of("file_path", "/workspace/a/b.txt")),
                        new Block.ToolUse("Write", Map.of("file_path", "/workspace/a/b.txt", "content", "new\n")),
                        new Block.ToolUse("Read", Map.of("file_path", "/workspace/c.txt")),
                        new Block.ToolUse(
                                "Edit",
                                Map.of("file_path", "/workspace/c.txt", "old_string", "old", "new_string", "new")),
                        new Block.ToolUse("Grep", Map.of("pattern", "x", "glob", List.of("*.java"), "limit", 3)),
                        new Block.Text("Done."));
        assertThat(turns.get(1).delay()).isEqualTo(Duration.ofSeconds(2));
        assertThat(turns.get(1).faults())
                .containsExactly(
                        ScriptedFault.error(Behaviour.ofMessages("529"), 3),
                        ScriptedFault.quota(Duration.ofMinutes(1)));
        assertThat(turns.get(2).faults()).isEmpty();
    }

    @Test
    void anAnswerWithMembersIsAStructuredOne() throws IOException {
        assertThat(turns("- steps: [{answer: {choice: one, rank: 1}}]").get(0).block())
                .isEqualTo(new Block.ToolUse("StructuredOutput", Map.of("choice", "one", "rank", 1)));
    }

    @Test
    void theFirstCaseForTaskAndRoundIsTaken() throws IOException {
        write("fixer.rehearsal.yml", """
                - task: tests
                  round: 2
                  steps: [{answer: second}]
                - task: fixer/tests
                  steps: [{answer: first}]
                - steps: [{answer: other}]
                """);
        write("fixer-2.rehearsal.yml", "- steps: [{answer: own}]");

        assertThat(answer(new Sender("fixer-1", "fixer/tests", 1))).isEqualTo("first");
        assertThat(answer(new Sender("fixer-1", "fixer/tests", 2))).isEqualTo("second");
        assertThat(answer(new Sender("fixer-1", "fixer/docs", 2))).isEqualTo("other");
        assertThat(answer(new Sender("fixer-2", "fixer/tests", 2))).isEqualTo("own");
        assertThat(AgentScripts.in(directory).caseOf(new Sender("tester", "tester", 1)))
                .isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            ignoreLeadingAndTrailingWhitespace = false,
            value = {
                "- steps:\\n    - runs: ls;line 2: \"runs\" is not known here;Use these keys: answer, content",
                "- step: [];line 1: \"step\" is not known here;Use these keys: round, steps, task",
                "- task: x;line 1: there are no steps;Add a list with the key \"steps\"",
                "steps: [];line 1: a list is needed here;Begin each element with",
                "- steps:\\n    - run: a\\n      answer: b;line 2: these are two steps: run, answer;Give each step one of",
                "- steps:\\n    - content: b;line 2: this is no step;Give each step one of these keys: answer, edit",
                "- steps:\\n    - run: a\\n      times: 2;line 3: \"times\" is not known here;Use these keys: run.",
                "- steps:\\n    - edit: a;line 2: an edit needs its text;Add \"content\"",
                "- steps:\\n    - edit: a\\n      content: b\\n      with: c;line 2: an edit needs its text;Add \"content\"",
                "- steps:\\n    - error: 404;line 2: \"404\" is no error of the service;Use one of: 401, 403",
                "- steps:\\n    - error: 500\\n      times: 0;line 3: \"0\" is no number from 1 to 100;Write such a number",
                "- steps:\\n    - wait: soon;line 2: \"soon\" is no time;Write a time such as 30s",
                "- steps:\\n    - answer: a\\n    - run: b;line 3: this step is after the answer;Put it before",
                "- steps:\\n    - run: a\\n      run: b;line 3: \"run\" is there twice;Keep one",
                "- steps: [;line 1: expected the node content;Correct the file: it must be YAML",
            })
    void aBadScriptIsRefusedWithItsLine(String text, String problem, String remedy) throws IOException {
        write("fixer.rehearsal.yml", text.replace("\\n", "\n"));

        InvalidSpecException refusal =
                catchThrowableOfType(InvalidSpecException.class, () -> AgentScripts.in(directory));

        assertThat(refusal).hasMessageContaining("fixer.rehearsal.yml, " + problem);
        assertThat(refusal.suggestion()).contains(remedy);
    }

    private String answer(Sender sender) {
        ScriptedCase part = AgentScripts.in(directory).caseOf(sender).orElseThrow();
        return ((Block.Text) part.turns().get(0).block()).text();
    }

    private List<ScriptedTurn> turns(String script) throws IOException {
        write("fixer.rehearsal.yml", script);
        return AgentScripts.in(directory).byAgent().get("fixer").get(0).turns();
    }

    private void write(String name, String text) throws IOException {
        Files.writeString(directory.resolve(name), text);
    }
}
