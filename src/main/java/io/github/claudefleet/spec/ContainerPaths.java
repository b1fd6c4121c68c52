package io.github.claudefleet.spec;

/** Where things are inside a fleet's containers. */
public final class ContainerPaths {

    /** What is below it is the fleet's own. */
    public static final String ROOT = "/claude-fleet/";
    /** The fleet's kit: scripts, prompts and trust, nothing secret. */
    public static final String KIT = "/claude-fleet/kit";
    /** What the auth container itself writes down; only the containers' user enters it, and agents can't write it. */
    public static final String STATE = KIT + "/state";
    /** Where the keeper tells what it does, in the words of {@link KeeperState}. */
    public static final String KEEPER_STATE = STATE + "/keeper";
    /** The login directory in mode {@code login}. */
    public static final String LOGIN = "/claude-fleet/login";
    /** The credential in the modes {@code token} and {@code apiKey}: in memory, never on a disk. */
    public static final String SECRETS = "/claude-fleet/secrets";

    /** Settings of git's that hold for all of a container. */
    public static final String GIT_SETTINGS = KIT + "/gitconfig";

    /** The git directory that an agent has for itself; or that of a checkout which names another place for it. */
    public static final String GIT = "/claude-fleet/git";

    /** The objects of the repository that it works on. */
    public static final String OBJECTS = "/claude-fleet/objects";
    /** The host's local repository of Maven. */
    public static final String REPOSITORY = "/claude-fleet/repository";
    /** A directory like {@code ~/.claude} that agents get the user's context from. */
    public static final String CLAUDE_DIRECTORY = "/claude-fleet/claude";
    /** Plugins of the CLI, each by its own name. */
    public static final String PLUGINS = "/claude-fleet/plugins";
    /** Settings of Maven, with passwords. */
    public static final String SETTINGS = SECRETS + "/settings.xml";
    /** Certificates that the CLI trusts beside the public ones. */
    public static final String CA_BUNDLE = KIT + "/ca-bundle.pem";
    /** A home that any user can make, for images that don't name one by {@link Labels#HOME}. */
    public static final String DEFAULT_HOME = "/tmp/claude-fleet-home";

    private ContainerPaths() {}
}
