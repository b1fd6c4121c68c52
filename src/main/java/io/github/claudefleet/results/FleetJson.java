package io.github.claudefleet.results;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.claudefleet.spec.EgressUse;
import io.github.claudefleet.spec.InvalidSpecException;
import io.github.claudefleet.spec.Rehearsal;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.util.List;

/** Writes and reads {@code fleet.json}, the index of all results. */
final class FleetJson {

    private static final ObjectMapper JSON = JsonMapper.builder()
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
            .defaultPropertyInclusion(
                    JsonInclude.Value.construct(JsonInclude.Include.NON_NULL, JsonInclude.Include.USE_DEFAULTS))
            .build();

    private static final String EGRESS = "egress";

    private FleetJson() {}

    static String write(FleetResults results) {
        try {
            ObjectNode index = JSON.valueToTree(FleetIndex.of(results));
            if (Rehearsal.isOf(results.report().fleet())) {
                index.put("rehearsal", true);
            }
            if (!results.egress().isEmpty()) {
                index.set(EGRESS, JSON.valueToTree(results.egress()));
            }
            return JSON.writerWithDefaultPrettyPrinter().writeValueAsString(index) + "\n";
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("texts and numbers are always JSON", e);
        }
    }

    /** @throws InvalidSpecException if the file does not exist or can't be read */
    static FleetResults read(Path file) {
        JsonNode tree = tree(file);
        int version = tree.path("schemaVersion").asInt();
        if (version != FleetIndex.VERSION) {
            throw unreadable(file, "is of schemaVersion " + version + ", and this plugin reads " + FleetIndex.VERSION);
        }
        try {
            return JSON.treeToValue(tree, FleetIndex.class).toResults(egress(tree));
        } catch (IOException | DateTimeException | NullPointerException | IllegalArgumentException e) {
            throw unreadable(file, e);
        }
    }

    private static List<EgressUse> egress(JsonNode tree) throws IOException {
        return tree.has(EGRESS) ? List.of(JSON.treeToValue(tree.get(EGRESS), EgressUse[].class)) : List.of();
    }

    private static JsonNode tree(Path file) {
        try {
            return JSON.readTree(Files.readString(file));
        } catch (NoSuchFileException e) {
            throw unreadable(file, "is not there");
        } catch (IOException e) {
            throw unreadable(file, e);
        }
    }

    private static InvalidSpecException unreadable(Path file, Exception cause) {
        return unreadable(file, "can't be read (" + cause.getClass().getSimpleName() + ")");
    }

    private static InvalidSpecException unreadable(Path file, String what) {
        return new InvalidSpecException("results", file + " " + what, "Run claude-fleet:await first, which writes it.");
    }
}
