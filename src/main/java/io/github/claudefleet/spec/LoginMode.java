package io.github.claudefleet.spec;

/** How a fleet proves who it is to Anthropic. */
public enum LoginMode {
    /** A person signs in once; the login directory is kept and shared. */
    LOGIN("login"),
    /** A long-lived token that {@code claude setup-token} made. */
    TOKEN("token"),
    /** A key of the Anthropic API. */
    API_KEY("apiKey"),
    /** Another service's own: the containers' environment and mounts carry it (Bedrock, Vertex, Foundry). */
    PROVIDER("provider");

    private final String value;

    LoginMode(String value) {
        this.value = value;
    }

    /** Whether the fleet is handed a credential, which it has to hand on. */
    public boolean takesCredential() {
        return this == TOKEN || this == API_KEY;
    }

    /** The word that a pom uses for it. */
    public String value() {
        return value;
    }

    /**
     * The mode of that word.
     *
     * @throws InvalidSpecException if there is none
     */
    public static LoginMode of(String value) {
        return EnumParser.of("auth.mode", value, values(), LoginMode::value);
    }
}
