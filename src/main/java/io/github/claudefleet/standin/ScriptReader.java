package io.github.claudefleet.standin;

import io.github.claudefleet.spec.Durations;
import io.github.claudefleet.spec.InvalidSpecException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** Reads an agent's script: a list of cases with their steps. */
final class ScriptReader {

    private static final Set<String> CASE = Set.of("task", "round", "steps");

    /** Keys of each step, by the key that names it. */
    private static final Map<String, Set<String>> STEPS = Map.of(
            "run", Set.of("run"),
            "edit", Set.of("edit", "content", "replace", "with"),
            "tool", Set.of("tool", "input"),
            "wait", Set.of("wait"),
            "error", Set.of("error", "times"),
            "quota", Set.of("quota"),
            "answer", Set.of("answer"));

    private static final Map<String, String> ERRORS = Map.of(
            "401", "401",
            "403", "403",
            "429", "429-throttle",
            "500", "500",
            "529", "529",
            "credit", "400-credit");

    private static final int MOST_TIMES = 100;
    private static final String WORKSPACE = "/workspace/";

    private final List<ScriptedTurn> turns = new ArrayList<>();
    private final List<ScriptedFault> faults = new ArrayList<>();
    private Duration delay = Duration.ZERO;

    private ScriptReader() {}

    /** @throws InvalidSpecException if the file is no script; the text names its line */
    static List<ScriptedCase> read(Path file) {
        return YamlNode.read(file).stream()
                .flatMap(root -> root.items().stream())
                .map(ScriptReader::caseOf)
                .toList();
    }

    private static ScriptedCase caseOf(YamlNode node) {
        Map<String, YamlNode> members = node.members(CASE);
        YamlNode steps = Optional.ofNullable(members.get("steps"))
                .orElseThrow(() -> node.problem("there are no steps", "Add a list with the key \"steps\"."));
        ScriptReader reader = new ScriptReader();
        steps.items().forEach(reader::step);
        return new ScriptedCase(
                Optional.ofNullable(members.get("task")).map(YamlNode::text),
                Optional.ofNullable(members.get("round")).map(round -> number(round, MOST_TIMES)),
                reader.ended());
    }

    private void step(YamlNode node) {
        Map<String, YamlNode> members = node.members(allKeys());
        List<String> names =
                members.keySet().stream().filter(STEPS::containsKey).toList();
        if (names.size() != 1) {
            throw node.problem(
                    names.isEmpty() ? "this is no step" : "these are two steps: " + String.join(", ", names),
                    "Give each step one of these keys: " + String.join(", ", new TreeSet<>(STEPS.keySet())) + ".");
        }
        if (!turns.isEmpty() && turns.get(turns.size() - 1).isText()) {
            throw node.problem("this step is after the answer, which ends the work", "Put it before the answer.");
        }
        String name = names.get(0);
        node.members(STEPS.get(name));
        switch (name) {
            case "run" -> turn(tool("Bash", "command", members.get("run").text(), "description", "Rehearse"));
            case "edit" -> edit(node, members);
            case "tool" -> turn(new Block.ToolUse(members.get("tool").text(), input(members)));
            case "wait" -> delay = delay.plus(duration(members.get("wait")));
            case "error" -> faults.add(error(members));
            case "quota" -> faults.add(ScriptedFault.quota(duration(members.get("quota"))));
            default -> answer(members.get("answer"));
        }
    }

    /** The CLI writes no file that exists and was not read before. */
    private void edit(YamlNode node, Map<String, YamlNode> members) {
        String path = members.get("edit").text();
        String file = path.startsWith("/") ? path : WORKSPACE + path;
        boolean whole = members.containsKey("content");
        if (whole == (members.containsKey("replace") && members.containsKey("with")) || whole && members.size() > 2) {
            throw node.problem(
                    "an edit needs its text", "Add \"content\" for the whole file, or both \"replace\" and \"with\".");
        }
        turn(tool("Read", "file_path", file));
        turn(
                whole
                        ? tool(
                                "Write",
                                "file_path",
                                file,
                                "content",
                                members.get("content").text())
                        : tool(
                                "Edit",
                                "file_path",
                                file,
                                "old_string",
                                members.get("replace").text(),
                                "new_string",
                                members.get("with").text()));
    }

    private void answer(YamlNode node) {
        turn(
                node.isMapping()
                        ? new Block.ToolUse(
                                Conversation.STRUCTURED_OUTPUT,
                                JsonObject.of(node.value())
                                        .orElse(JsonObject.EMPTY)
                                        .members())
                        : new Block.Text(node.text()));
    }

    private static ScriptedFault error(Map<String, YamlNode> members) {
        YamlNode node = members.get("error");
        String word = Optional.ofNullable(ERRORS.get(node.text()))
                .orElseThrow(() -> node.problem(
                        "\"" + node.text() + "\" is no error of the service",
                        "Use one of: " + String.join(", ", new TreeSet<>(ERRORS.keySet())) + "."));
        int times = Optional.ofNullable(members.get("times"))
                .map(number -> number(number, MOST_TIMES))
                .orElse(1);
        return ScriptedFault.error(Behaviour.ofMessages(word), times);
    }

    private void turn(Block block) {
        turns.add(new ScriptedTurn(faults, delay, block));
        faults.clear();
        delay = Duration.ZERO;
    }

    /** Adds the turn that refusals and a delay at the end precede. */
    private List<ScriptedTurn> ended() {
        if (!faults.isEmpty() || !delay.isZero()) {
            turn(new Block.Text(RehearsalModel.DONE));
        }
        return turns;
    }

    private static Block tool(String name, String... input) {
        Map<String, Object> members = new LinkedHashMap<>();
        for (int i = 0; i < input.length; i += 2) {
            members.put(input[i], input[i + 1]);
        }
        return new Block.ToolUse(name, members);
    }

    private static Map<String, Object> input(Map<String, YamlNode> members) {
        return Optional.ofNullable(members.get("input"))
                .flatMap(node -> JsonObject.of(node.value()))
                .orElse(JsonObject.EMPTY)
                .members();
    }

    private static Duration duration(YamlNode node) {
        try {
            return Durations.parse("rehearsal", node.text());
        } catch (InvalidSpecException e) {
            throw node.problem("\"" + node.text() + "\" is no time", "Write a time such as 30s, 5m or 1h.");
        }
    }

    private static int number(YamlNode node, int most) {
        String text = node.text();
        int number = text.matches("\\d{1,4}") ? Integer.parseInt(text) : 0;
        if (number < 1 || number > most) {
            throw node.problem("\"" + text + "\" is no number from 1 to " + most, "Write such a number.");
        }
        return number;
    }

    private static Set<String> allKeys() {
        Set<String> all = new TreeSet<>();
        STEPS.values().forEach(all::addAll);
        return all;
    }
}
