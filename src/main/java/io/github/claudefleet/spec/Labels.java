package io.github.claudefleet.spec;

/** Labels that identify a fleet's containers, networks and volumes. Resources without them are never touched. */
public final class Labels {

    /** Beginning of all labels of the plugin. */
    public static final String PREFIX = "io.github.claudefleet.";

    /** Name of the fleet; on all its resources. */
    public static final String FLEET = "io.github.claudefleet.fleet";
    /**
     * Project that owns the fleet: a hash of the project's directory and its machine. Like the next four labels, it is
     * on all resources of a fleet.
     */
    public static final String PROJECT = "io.github.claudefleet.project";
    /** Directory of the project, for people; no decision depends on it. */
    public static final String DIRECTORY = "io.github.claudefleet.directory";
    /** Condition under which the fleet ends by itself: a value of {@link Lifetime}. */
    public static final String LIFETIME = "io.github.claudefleet.lifetime";
    /** Build that created the resource. */
    public static final String BUILD = "io.github.claudefleet.build";
    /** Process that runs that build, by which the build's death is detected. */
    public static final String OWNER = "io.github.claudefleet.owner";
    /**
     * Container in which that process runs, and its start time, if this engine knows the container. When the container
     * ends, so do the process and everything that could report the process's death.
     */
    public static final String OWNER_CONTAINER = "io.github.claudefleet.owner-container";
    /** Purpose of a container: a value of {@code Role}. */
    public static final String ROLE = "io.github.claudefleet.role";
    /** Name of the agent; on agents. */
    public static final String AGENT = "io.github.claudefleet.agent";
    /** Fingerprint of a container's request, aspect by aspect, to detect changes of the pom. */
    public static final String FINGERPRINT = "io.github.claudefleet.fingerprint";
    /** Way in which the login reaches a container: a value of {@link LoginMode}. */
    public static final String LOGIN = "io.github.claudefleet.login";
    /** Hash of the login directory's path, in mode {@code login}; fleets with one login find each other by it. */
    public static final String LOGIN_DIRECTORY = "io.github.claudefleet.login-directory";
    /** Sharing in effect: a value of {@link Sharing}. */
    public static final String SHARING = "io.github.claudefleet.sharing";
    /** Name of the container that owns a volume; on volumes that are removed with their container. */
    public static final String CONTAINER = "io.github.claudefleet.container";
    /** Marker ({@code true}) on an agent that has a prompt to work on. */
    public static final String PROMPT = "io.github.claudefleet.prompt";
    /** Directory on the host with the records of an agent's workspace; on agents and the volumes of their workspaces. */
    public static final String WORKSPACE = "io.github.claudefleet.workspace";
    /** Image by which the volume of an agent's workspace is filled and read; on these volumes. */
    public static final String IMAGE = "io.github.claudefleet.image";
    /** Numeric user who owns the files of an agent's workspace; on its volume. */
    public static final String USER = "io.github.claudefleet.user";
    /** Secret of a fleet's gateway, from which the names of the agents' sockets are made; on the gateway. */
    public static final String GATEWAY_KEY = "io.github.claudefleet.gateway-key";
    /** Marker ({@code true}) on the containers of a rehearsal. */
    public static final String REHEARSAL = "io.github.claudefleet.rehearsal";
    /** Directory that any user can write, for an agent's home; on an image. */
    public static final String HOME = "io.github.claudefleet.home";

    private Labels() {}
}
