package io.github.claudefleet.standin;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ScriptsTest {
    private final Scripts scripts = new Scripts();

    @Test
    void sayYesIsAnsweredWithYes() {
        assertEquals("yes", said("Say yes", 0));
    }

    @Test
    void anyOtherPromptIsNamedInItsAnswerUpToSixtyCharacters() {
        assertEquals("The stand-in was asked: Hello", said("Hello", 0));
        assertEquals("The stand-in was asked: " + "x".repeat(60) + "…", said("x".repeat(61), 0));
    }

    @Test
    void directivesInAPromptAreCarriedOutInTheirOrderAndThenDone() {
        String prompt = "Do [[Bash: echo hi > a.txt]] and [[Write: b.txt | two\nlines]], please";
        assertEquals("echo hi > a.txt", used(prompt, 0, "Bash").get("command"));
        assertEquals(Map.of("file_path", "b.txt", "content", "two\nlines"), used(prompt, 1, "Write"));
        assertEquals("done", said(prompt, 2));
    }

    @Test
    void aWriteWithoutContentMakesAnEmptyFile() {
        assertEquals(Map.of("file_path", "a.txt", "content", ""), used("[[Write: a.txt]]", 0, "Write"));
    }

    @Test
    void aScriptIsFollowedTurnByTurn() {
        put(
                "alice",
                "[{\"match\":\"fix\",\"turns\":[{\"tool\":\"Read\",\"input\":{\"file_path\":\"/a\"}},{\"text\":\"fixed\"}],"
                        + "\"costTokens\":{\"in\":5,\"out\":7},\"delayMillis\":3}]");
        assertEquals(Map.of("file_path", "/a"), used("please fix it", 0, "Read"));
        assertEquals("fixed", said("please fix it", 1));
        assertEquals("done", said("please fix it", 2));
        Answer answer = answer("please fix it", 0);
        assertEquals(List.of(5L, 7L, 3L), List.of(answer.inputTokens(), answer.outputTokens(), answer.delayMillis()));
    }

    @Test
    void theAccountsOwnScriptGoesBeforeEverybodysAndThatBeforeThePrompts() {
        put("*", "[{\"match\":\"Say\",\"turns\":[{\"text\":\"all\"}]}]");
        assertEquals("all", said("Say yes [[Bash: true]]", 0));
        put("alice", "[{\"match\":\"yes\",\"turns\":[{\"text\":\"own\"}]}]");
        assertEquals("own", said("Say yes [[Bash: true]]", 0));
    }

    @Test
    void aTurnWithNeitherTextNorToolIsRefused() {
        assertThrows(
                IllegalArgumentException.class, () -> put("alice", "[{\"match\":\"x\",\"turns\":[{\"say\":\"a\"}]}]"));
    }

    @Test
    void aMatchThatIsNoRegexIsRefused() {
        assertThrows(IllegalArgumentException.class, () -> put("alice", "[{\"match\":\"(\",\"turns\":[]}]"));
    }

    private void put(String account, String json) {
        scripts.put(
                account,
                JsonObject.parseList(json).stream().map(Script::fromJson).toList());
    }

    private String said(String prompt, int turn) {
        return ((Block.Text) answer(prompt, turn).block()).text();
    }

    private Map<String, Object> used(String prompt, int turn, String tool) {
        Block.ToolUse use = (Block.ToolUse) answer(prompt, turn).block();
        assertEquals(tool, use.name());
        return use.input();
    }

    private Answer answer(String prompt, int turn) {
        return scripts.answer(
                "alice", new Conversation("m", true, prompt, turn, false, Sender.NOBODY, Optional.empty()));
    }
}
