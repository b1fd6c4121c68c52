package io.github.claudefleet.claude;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.claudefleet.spec.ContainerPaths;
import io.github.claudefleet.spec.Federation;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Profiles of the CLI for workload identity federation. With a profile, the CLI takes its access token from a file, as
 * long as that is good for more than 30 seconds, and reads the file again near its end and after a 401 (measured with
 * 2.1.332). A file that others can read is refused.
 */
public enum FederationProfile {
    /** Exchanges the identity token. Only the auth container has one. */
    EXCHANGE("exchange", ContainerPaths.IDENTITY + "/exchanged.json"),
    /** Reads the access token that the keeper provides. */
    ACCESS("access", ContainerPaths.ACCESS_TOKEN),
    /** Reads a placeholder, which the gateway replaces. */
    PLACEHOLDER("placeholder", ContainerPaths.PLACEHOLDER + "/access-token.json");

    /** Identity token as the profiles name it. */
    public static final String IDENTITY_TOKEN = ContainerPaths.IDENTITY + "/token";

    private static final ObjectMapper JSON = new ObjectMapper();
    /** The year 2100 in epoch seconds. */
    private static final long FAR_FUTURE = 4_102_444_800L;

    private final String value;
    private final String accessToken;

    FederationProfile(String value, String accessToken) {
        this.value = value;
        this.accessToken = accessToken;
    }

    /** Returns the profile's name. */
    public String value() {
        return value;
    }

    /** Returns the profile's file. */
    public String toJson(Federation federation) {
        // In one order, because the kit's digest is made of it.
        Map<String, Object> identity = new LinkedHashMap<>();
        identity.put("source", "file");
        identity.put("path", IDENTITY_TOKEN);
        Map<String, Object> authentication = new LinkedHashMap<>();
        authentication.put("type", "oidc_federation");
        authentication.put("federation_rule_id", federation.rule());
        federation.serviceAccount().ifPresent(id -> authentication.put("service_account_id", id));
        authentication.put("identity_token", identity);
        authentication.put("credentials_path", accessToken);
        Map<String, Object> profile = new LinkedHashMap<>();
        profile.put("version", "1.0");
        profile.put("organization_id", federation.organization());
        federation.workspace().ifPresent(id -> profile.put("workspace_id", id));
        profile.put("authentication", authentication);
        return text(profile);
    }

    /** Returns a file with an access token that never expires, as a profile reads it. */
    public static String accessToken(String token) {
        Map<String, Object> file = new LinkedHashMap<>();
        file.put("version", "1.0");
        file.put("type", "oauth_token");
        file.put("access_token", token);
        file.put("expires_at", FAR_FUTURE);
        return text(file);
    }

    private static String text(Map<String, Object> json) {
        try {
            return JSON.writeValueAsString(json);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("maps and texts can always be written as JSON", e);
        }
    }
}
