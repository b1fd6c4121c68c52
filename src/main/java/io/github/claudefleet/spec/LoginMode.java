package io.github.claudefleet.spec;

/** Way in which a fleet authenticates to Anthropic. */
public enum LoginMode {
    /** Sign-in by a person, once; the login directory is kept and shared. */
    LOGIN("login"),
    /** Long-lived token from {@code claude setup-token}. */
    TOKEN("token"),
    /** Key of the Anthropic API. */
    API_KEY("apiKey"),
    /** Short-lived access token, for which the workload's identity token is exchanged; no secret is stored. */
    FEDERATION("federation"),
    /** Credential of another service (Bedrock, Vertex, Foundry), in the containers' environment and mounts. */
    PROVIDER("provider");

    private final String value;

    LoginMode(String value) {
        this.value = value;
    }

    /** Checks whether the fleet receives a credential that it has to pass on. */
    public boolean takesCredential() {
        return this == TOKEN || this == API_KEY;
    }

    /** Returns the value in a pom. */
    public String value() {
        return value;
    }

    /**
     * Returns the mode for a value.
     *
     * @throws InvalidSpecException if the value is unknown
     */
    public static LoginMode of(String value) {
        return EnumParser.of("auth.mode", value, values(), LoginMode::value);
    }
}
