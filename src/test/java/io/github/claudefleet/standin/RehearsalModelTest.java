package io.github.claudefleet.standin;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RehearsalModelTest {
    private static final String KEY = "sk-ant-api03-standin.rehearsal";

    @TempDir
    Path directory;

    private final SettableClock clock = new SettableClock();

    @Test
    void aScriptIsPlayedTurnByTurn() throws IOException {
        RehearsalModel model = model("- steps: [{run: ls}, {answer: Seen.}]");

        assertThat(ask(model, "fixer", 1, 0).body()).contains("\"name\":\"Bash\"", "\"command\":\"ls\"");
        assertThat(ask(model, "fixer", 1, 1).body()).contains("\"text\":\"Seen.\"", "\"stop_reason\":\"end_turn\"");
        assertThat(ask(model, "fixer", 1, 2).body()).contains("REHEARSAL: done");
    }

    @Test
    void nothingIsPaid() throws IOException {
        assertThat(ask(model("- steps: [{answer: Seen.}]"), "fixer", 1, 0).body())
                .contains("\"input_tokens\":0", "\"output_tokens\":0");
    }

    @Test
    void anAgentWithoutAScriptSaysSo() throws IOException {
        assertThat(ask(model("- steps: []"), "tester", 1, 0).body())
                .contains("REHEARSAL: there is no script for tester, so nothing was done. It begins: Do it");
    }

    @Test
    void theProbeOfTheLoginIsAnswered() throws IOException {
        Request probe = request(Map.of("x-api-key", KEY), body("Say yes", 0, ""));

        assertThat(model("- steps: []").answer(probe).body()).contains("\"text\":\"yes\"");
    }

    @Test
    void aRealCredentialIsNotTaken() throws IOException {
        Request foreign = request(Map.of("x-api-key", "sk-ant-api03-of-somebody"), body("Say yes", 0, ""));

        assertThat(model("- steps: []").answer(foreign).status()).isEqualTo(401);
    }

    @Test
    void anErrorComesAsOftenAsTheScriptSaysInEachTask() throws IOException {
        RehearsalModel model = model("- steps: [{run: ls}, {error: 529, times: 2}, {answer: Seen.}]");

        assertThat(ask(model, "fixer", 1, 0).status()).isEqualTo(200);
        assertThat(List.of(ask(model, "fixer", 1, 1), ask(model, "fixer", 1, 1), ask(model, "fixer", 1, 1)))
                .extracting(Reply::status)
                .containsExactly(529, 529, 200);
        assertThat(ask(model, "fixer", 2, 1).status()).isEqualTo(529);
    }

    @Test
    void aUsedUpQuotaHoldsForAllAgentsUntilItsTime() throws IOException {
        RehearsalModel model = model("- steps: [{quota: 30s}, {answer: Seen.}]");

        Reply refused = ask(model, "fixer", 1, 0);
        assertThat(refused.status()).isEqualTo(429);
        assertThat(refused.headers())
                .containsEntry("anthropic-ratelimit-unified-status", "rejected")
                .containsEntry("anthropic-ratelimit-unified-reset", String.valueOf(clock.millis() / 1000 + 31));
        assertThat(ask(model, "tester", 1, 0).status()).isEqualTo(429);
        clock.advance(Duration.ofSeconds(31));
        assertThat(ask(model, "tester", 1, 0).status()).isEqualTo(200);
        assertThat(ask(model, "fixer", 1, 0).body()).contains("Seen.");
    }

    @Test
    void aWaitDelaysTheNextTurn() throws IOException {
        assertThat(ask(model("- steps: [{wait: 3s}, {run: ls}]"), "fixer", 1, 0).delayMillis())
                .isEqualTo(3000);
    }

    @Test
    void anAnswerWithASchemaIsMadeUpIfTheScriptHasNone() throws IOException {
        RehearsalModel model = model("- steps: [{run: ls}, {answer: Seen.}]");
        String schema =
                "{\"type\":\"object\",\"required\":[\"kind\",\"all\",\"count\",\"ok\",\"deep\"],\"properties\":{"
                        + "\"kind\":{\"enum\":[\"good\",\"bad\"]},\"count\":{\"type\":\"integer\",\"minimum\":2},"
                        + "\"ok\":{\"type\":\"boolean\"},\"all\":{\"type\":\"array\",\"minItems\":1,\"items\":{\"type\":\"string\"}},"
                        + "\"deep\":{\"$ref\":\"#/$defs/d\"},\"other\":{\"type\":\"string\"}},"
                        + "\"$defs\":{\"d\":{\"type\":\"object\",\"required\":[\"x\"],\"properties\":{\"x\":{\"const\":7}}}}}";
        String tools = ",\"tools\":[{\"name\":\"StructuredOutput\",\"input_schema\":" + schema + "}]";

        assertThat(model.answer(request(headers("fixer", 1), body("Do it", 1, tools)))
                        .body())
                .contains("\"name\":\"StructuredOutput\"")
                .contains("{\"kind\":\"good\",\"all\":[\"rehearsal\"],\"count\":2,\"ok\":false,\"deep\":{\"x\":7}}");
        assertThat(model.answer(request(headers("fixer", 1), body("Do it", 2, tools)))
                        .body())
                .contains("Seen.");
        assertThat(model.answer(request(headers("tester", 1), body("Do it", 0, tools)))
                        .body())
                .contains("\"name\":\"StructuredOutput\"");
    }

    private RehearsalModel model(String script) throws IOException {
        Files.writeString(directory.resolve("fixer.rehearsal.yml"), script);
        return new RehearsalModel(AgentScripts.in(directory), clock);
    }

    private static Reply ask(RehearsalModel model, String agent, int round, int turn) {
        return model.answer(request(headers(agent, round), body("Do it", turn, "")));
    }

    private static Map<String, String> headers(String agent, int round) {
        return Map.of(
                "x-api-key", KEY,
                "x-claude-fleet-agent", agent,
                "x-claude-fleet-task", agent,
                "x-claude-fleet-round", String.valueOf(round));
    }

    private static Request request(Map<String, String> headers, String body) {
        return new Request("", "POST", "", "/v1/messages", Map.of(), headers, body);
    }

    private static String body(String prompt, int turn, String more) {
        List<String> messages = new ArrayList<>();
        messages.add("{\"role\":\"user\",\"content\":\"" + prompt + "\"}");
        for (int i = 0; i < turn; i++) {
            messages.add("{\"role\":\"assistant\",\"content\":[{\"type\":\"tool_use\",\"id\":\"t\",\"name\":\"x\"}]}");
            messages.add("{\"role\":\"user\",\"content\":[{\"type\":\"tool_result\",\"tool_use_id\":\"t\"}]}");
        }
        return "{\"model\":\"m\",\"max_tokens\":100,\"messages\":[" + String.join(",", messages) + "]" + more + "}";
    }
}
