package io.github.claudefleet.standin;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JsonTest {
    @Test
    void membersKeepTheirOrder() {
        assertEquals(
                "{\"b\":1,\"a\":[true,null,\"x\"]}",
                Json.write(Json.object().with("b", 1).with("a", Arrays.asList(true, null, "x"))));
    }

    @Test
    void textSurvivesTheWayThereAndBack() {
        String text = "quote \" backslash \\ line\nreturn\r tab\t bell\u0007 ü €";
        assertEquals(text, JsonReader.read(Json.write(text)));
    }

    @Test
    void everyKindOfValueIsRead() {
        assertEquals(
                Map.of("n", -3L, "f", 2.5, "t", true, "s", "\u00e9/", "l", List.of(List.of(), Map.of())),
                JsonReader.read(" { \"n\" : -3, \"f\":2.5,\"t\":true,\"s\":\"\\u00e9\\/\",\"l\":[[],{}] } "));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "{", "[1,]", "[1 2]", "{\"a\" 1}", "\"open", "nul", "{} {}", "-", "\"\\u12"})
    void whatIsNotJsonIsRefused(String text) {
        assertThrows(IllegalArgumentException.class, () -> JsonReader.read(text));
    }

    @Test
    void nestingWithoutEndIsRefused() {
        assertThrows(IllegalArgumentException.class, () -> JsonReader.read("[".repeat(10_000)));
    }

    @Test
    void aRefusalSaysWhere() {
        Exception refusal = assertThrows(IllegalArgumentException.class, () -> JsonReader.read("{\"a\" 1}"));
        assertTrue(refusal.getMessage().contains("character 5"), refusal.getMessage());
    }

    @Test
    void aMemberOfAnotherKindCountsAsMissing() {
        JsonObject object = JsonObject.parse("{\"a\":\"text\",\"b\":7}");
        assertEquals(9, object.number("a", 9));
        assertEquals("", object.text("b"));
        assertEquals(List.of(), object.objects("a"));
        assertEquals(JsonObject.EMPTY, object.object("b"));
    }
}
