package io.github.claudefleet.spec;

/** Paths inside a fleet's containers. */
public final class ContainerPaths {

    /** Root of all paths that belong to the fleet. */
    public static final String ROOT = "/claude-fleet/";
    /** Directory of the fleet's kit: scripts, prompts and trust, no secrets. */
    public static final String KIT = "/claude-fleet/kit";
    /**
     * Directory for the auth container's own state. Only the containers' user can enter it, and agents can't write it.
     */
    public static final String STATE = KIT + "/state";
    /** File in which the keeper reports its activity, in the values of {@link KeeperState}. */
    public static final String KEEPER_STATE = STATE + "/keeper";
    /** Login directory in mode {@code login}. */
    public static final String LOGIN = "/claude-fleet/login";
    /** Directory of the credential in the modes {@code token} and {@code apiKey}: in memory, never on a disk. */
    public static final String SECRETS = "/claude-fleet/secrets";

    /** Git configuration for the whole container. */
    public static final String GIT_SETTINGS = KIT + "/gitconfig";

    /**
     * Git directory that belongs to the agent alone, or that of a checkout whose {@code .git} file points elsewhere.
     */
    public static final String GIT = "/claude-fleet/git";

    /** Object database of the repository that the agent works on. */
    public static final String OBJECTS = "/claude-fleet/objects";
    /** Local Maven repository of the host. */
    public static final String REPOSITORY = "/claude-fleet/repository";
    /** Directory with the layout of {@code ~/.claude}, from which agents get the user's context. */
    public static final String CLAUDE_DIRECTORY = "/claude-fleet/claude";
    /** Directory of the CLI's plugins, each under its own name. */
    public static final String PLUGINS = "/claude-fleet/plugins";
    /** Directory of the CLI's skills, each under its own name. */
    public static final String SKILLS = "/claude-fleet/skills";
    /** Maven's {@code settings.xml}, with passwords. */
    public static final String SETTINGS = SECRETS + "/settings.xml";
    /** Certificates that the CLI trusts in addition to the public ones. */
    public static final String CA_BUNDLE = KIT + "/ca-bundle.pem";
    /** Home directory that any user can create, for images that don't name one with {@link Labels#HOME}. */
    public static final String DEFAULT_HOME = "/tmp/claude-fleet-home";

    private ContainerPaths() {}
}
