package io.github.claudefleet.standin;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

/** Tests with shortened requests of the CLI 2.1.330. */
class ConversationTest {
    private static final String REMINDER =
            "{\"type\":\"text\",\"text\":\"<system-reminder>\\nDate</system-reminder>\\n\"}";
    private static final String PROMPT =
            "{\"role\":\"user\",\"content\":[" + REMINDER + ",{\"type\":\"text\",\"text\":\"Say yes\"}]}";
    private static final String ENVIRONMENT =
            "{\"role\":\"system\",\"content\":[{\"type\":\"text\",\"text\":\"# Environment\"}]}";
    private static final String TOOL_USE =
            "{\"role\":\"assistant\",\"content\":[{\"type\":\"tool_use\",\"id\":\"t\",\"name\":\"Bash\",\"input\":{}}]}";
    private static final String TOOL_RESULT =
            "{\"role\":\"user\",\"content\":[{\"type\":\"tool_result\",\"tool_use_id\":\"t\",\"content\":\"hi\"},"
                    + REMINDER + "]}";

    @Test
    void remindersAreNotPartOfThePrompt() {
        Conversation conversation = conversation(PROMPT, ENVIRONMENT);
        assertEquals("Say yes", conversation.prompt());
        assertEquals(0, conversation.turn());
    }

    @Test
    void turnsAreCountedSinceTheLastPrompt() {
        Conversation conversation = conversation(PROMPT, TOOL_USE, TOOL_RESULT, TOOL_USE, TOOL_RESULT);
        assertEquals("Say yes", conversation.prompt());
        assertEquals(2, conversation.turn());
    }

    @Test
    void aNewPromptStartsTheCountAgain() {
        Conversation conversation =
                conversation(PROMPT, TOOL_USE, TOOL_RESULT, TOOL_USE, "{\"role\":\"user\",\"content\":\"And now?\"}");
        assertEquals("And now?", conversation.prompt());
        assertEquals(0, conversation.turn());
    }

    @Test
    void aRequestWithoutMessagesHasAnEmptyPrompt() {
        assertEquals("", conversation().prompt());
    }

    @Test
    void theQuotaProbeIsASideRequest() {
        assertTrue(of("{\"model\":\"m\",\"max_tokens\":1,\"messages\":[{\"role\":\"user\",\"content\":\"quota\"}]}")
                .side());
    }

    @Test
    void aTitleIsASideRequest() {
        assertTrue(of("{\"max_tokens\":128000,\"tools\":[],\"output_config\":{\"format\":{\"type\":\"json_schema\"}},"
                        + "\"messages\":[" + PROMPT + "]}")
                .side());
    }

    @Test
    void aConversationWithoutToolsIsNoSideRequest() {
        assertFalse(of("{\"max_tokens\":128000,\"tools\":[],\"output_config\":{\"effort\":\"medium\"},\"messages\":["
                        + PROMPT + "]}")
                .side());
    }

    private static Conversation conversation(String... messages) {
        return of("{\"model\":\"m\",\"max_tokens\":128000,\"messages\":[" + String.join(",", messages) + "]}");
    }

    private static Conversation of(String body) {
        return Conversation.in(JsonObject.parse(body), Sender.NOBODY);
    }
}
