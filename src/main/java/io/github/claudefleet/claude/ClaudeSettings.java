package io.github.claudefleet.claude;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.github.claudefleet.spec.LoginMode;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * Settings of the CLI, as a file for {@code --settings} contains them. If that file is no JSON, the CLI prints a warning
 * and works without all of it, permission rules included (measured with 2.1.332).
 */
public final class ClaudeSettings {

    private static final ObjectMapper JSON = JsonMapper.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    /** Entries that select the login, or name a command that prints a credential. */
    private static final List<String> LOGIN =
            List.of("apiKeyHelper", "forceLoginMethod", "forceLoginOrgUUID", "forceLoginGatewayUrl");

    /** Entries that name a command for the credentials of another service than Anthropic's own. */
    private static final List<String> PROVIDER_LOGIN =
            List.of("awsAuthRefresh", "awsCredentialExport", "gcpAuthRefresh");

    private final JsonNode root;

    private ClaudeSettings(JsonNode root) {
        this.root = root;
    }

    /**
     * Parses settings.
     *
     * @throws IllegalArgumentException if the text is no JSON object; the message names the place and quotes nothing
     */
    public static ClaudeSettings parse(String text) {
        try {
            JsonNode root = JSON.readTree(text);
            if (!root.isObject()) {
                throw new IllegalArgumentException("is no JSON object");
            }
            return new ClaudeSettings(root);
        } catch (JsonProcessingException e) {
            String place = e.getLocation() == null
                    ? ""
                    : " (line " + e.getLocation().getLineNr() + ", column "
                            + e.getLocation().getColumnNr() + ")";
            throw new IllegalArgumentException("is no JSON" + place);
        }
    }

    /** Returns the entries that would replace the login of the mode. */
    public List<String> loginEntries(LoginMode mode) {
        Stream<String> names =
                mode == LoginMode.PROVIDER ? LOGIN.stream() : Stream.concat(LOGIN.stream(), PROVIDER_LOGIN.stream());
        return names.filter(root::has).toList();
    }

    /** Returns the environment variables that the settings set. */
    public SortedMap<String, String> environment() {
        SortedMap<String, String> environment = new TreeMap<>();
        root.path("env")
                .properties()
                .forEach(variable ->
                        environment.put(variable.getKey(), variable.getValue().asText("")));
        return environment;
    }
}
