package io.github.claudefleet.spec;

import java.util.ArrayDeque;
import java.util.Deque;

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

    /**
     * Directory of the identity token (mode {@code federation}) and of its exchange: in memory, for the auth container
     * alone.
     */
    public static final String IDENTITY = "/claude-fleet/identity";
    /** Directory of this machine that holds the file with the identity token, for the auth container alone. */
    public static final String IDENTITY_SOURCE = "/claude-fleet/identity-source";
    /** Profiles of the CLI for mode {@code federation}, without secrets. */
    public static final String FEDERATION = KIT + "/federation";
    /** Access token of mode {@code federation}, in the form that a profile of the CLI reads. */
    public static final String ACCESS_TOKEN = SECRETS + "/access-token.json";

    /** Directory that the gateway shares with agents: its CA, the relay and the agents' sockets. */
    public static final String GATEWAY = "/claude-fleet/gateway";
    /** Directory of the relay in agents that share no volume with the gateway: a copy of that in its image. */
    public static final String RELAY_COPY = "/claude-fleet/relay";
    /** Directory of an agent's key and certificate for a gateway with which it shares no volume. */
    public static final String GATEWAY_KEY = "/claude-fleet/gateway-key";
    /** File with an agent's key and certificate for its gateway. */
    public static final String GATEWAY_KEY_FILE = GATEWAY_KEY + "/key.pem";
    /** Script that leads a port of a container's loopback to a socket of the gateway. */
    public static final String RELAY = GATEWAY + "/relay/relay.sh";
    /** Socket of a rehearsal's stand-in, for containers that need no permission of the gateway. */
    public static final String STAND_IN = GATEWAY + "/stand-in/http.sock";

    /** Files in place of the credential, for agents whose gateway has the real one. */
    public static final String PLACEHOLDER = KIT + "/placeholder";

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
    /** Directory of Maven's settings: in memory, never on a disk. */
    public static final String MAVEN = "/claude-fleet/maven";
    /** Maven's {@code settings.xml}, with passwords. */
    public static final String SETTINGS = MAVEN + "/settings.xml";
    /** Certificates that the CLI trusts in addition to the public ones. */
    public static final String CA_BUNDLE = KIT + "/ca-bundle.pem";
    /** Directory that any user can write in any image. */
    public static final String TEMPORARY = "/tmp";
    /** Path, below {@link #TEMPORARY}, of what is sent to one agent alone while it works. */
    public static final String INBOX = "claude-fleet/inbox/";
    /** Home directory that any user can create, for images that don't name one with {@link Labels#HOME}. */
    public static final String DEFAULT_HOME = "/tmp/claude-fleet-home";

    private ContainerPaths() {}

    /**
     * Returns an absolute path in a container without {@code .}, {@code ..} and repeated slashes. The host's own paths
     * can't be used for this, since their form is that of the host's system.
     *
     * @param directory absolute path
     * @param name relative to the directory, or absolute
     */
    public static String resolve(String directory, String name) {
        Deque<String> parts = new ArrayDeque<>();
        for (String part : (name.startsWith("/") ? name : directory + "/" + name).split("/")) {
            if (part.equals("..")) {
                parts.pollLast();
            } else if (!part.isEmpty() && !part.equals(".")) {
                parts.addLast(part);
            }
        }
        return "/" + String.join("/", parts);
    }
}
