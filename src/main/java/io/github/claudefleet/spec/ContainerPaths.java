package io.github.claudefleet.spec;

/** Where things are inside a fleet's containers. */
public final class ContainerPaths {

    /** What is below it is the fleet's own. */
    public static final String ROOT = "/claude-fleet/";
    /** The fleet's kit: scripts, prompts, trust and, in the modes {@code token} and {@code apiKey}, the credential. */
    public static final String KIT = "/claude-fleet/kit";
    /** The login directory in mode {@code login}. */
    public static final String LOGIN = "/claude-fleet/login";
    /** The credential's folder in the modes {@code token} and {@code apiKey}; part of the kit, so in memory only. */
    public static final String KIT_LOGIN = KIT + "/login";
    /** Certificates that the CLI trusts beside the public ones. */
    public static final String CA_BUNDLE = KIT + "/ca-bundle.pem";
    /** A home that any user can make, for images that don't name one by {@link Labels#HOME}. */
    public static final String DEFAULT_HOME = "/tmp/claude-fleet-home";

    private ContainerPaths() {}
}
