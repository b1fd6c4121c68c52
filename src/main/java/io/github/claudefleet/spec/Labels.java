package io.github.claudefleet.spec;

/** The labels by which a fleet's containers, networks and volumes are known; what lacks them is never touched. */
public final class Labels {

    /** The fleet's name; on everything that a fleet has. */
    public static final String FLEET = "io.github.claudefleet.fleet";
    /** Whose a fleet is: a hash of the project's directory and its machine; on everything that a fleet has, like the next four. */
    public static final String PROJECT = "io.github.claudefleet.project";
    /** The project's directory, for people; nothing goes by it. */
    public static final String DIRECTORY = "io.github.claudefleet.directory";
    /** When the fleet ends by itself: a word of {@link Lifetime}. */
    public static final String LIFETIME = "io.github.claudefleet.lifetime";
    /** The build that made it. */
    public static final String BUILD = "io.github.claudefleet.build";
    /** The process that runs that build, by which its death is told. */
    public static final String OWNER = "io.github.claudefleet.owner";
    /**
     * The container in which that process runs and when it was started, where this engine knows it: it takes along the process, and
     * who could tell of its death.
     */
    public static final String OWNER_CONTAINER = "io.github.claudefleet.owner-container";
    /** What a container is for: a word of {@code Role}. */
    public static final String ROLE = "io.github.claudefleet.role";
    /** The agent's name; on agents. */
    public static final String AGENT = "io.github.claudefleet.agent";
    /** What a container was made from, aspect by aspect, to notice that the pom has changed. */
    public static final String FINGERPRINT = "io.github.claudefleet.fingerprint";
    /** How the login reaches a container: a word of {@link LoginMode}. */
    public static final String LOGIN = "io.github.claudefleet.login";
    /** In mode {@code login}: a hash of the login directory's path, by which fleets on one login know each other. */
    public static final String LOGIN_DIRECTORY = "io.github.claudefleet.login-directory";
    /** How much is shared in effect: a word of {@link Sharing}. */
    public static final String SHARING = "io.github.claudefleet.sharing";
    /** {@code true} on an agent that has a prompt to work on. */
    public static final String PROMPT = "io.github.claudefleet.prompt";
    /** On agents: where on the host is kept what is known of their workspace. */
    public static final String WORKSPACE = "io.github.claudefleet.workspace";
    /** On an image: a directory that any user can write, for an agent's home. */
    public static final String HOME = "io.github.claudefleet.home";

    private Labels() {}
}
