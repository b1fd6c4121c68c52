package io.github.claudefleet.mojo;

import io.github.claudefleet.config.AuthConfiguration;
import io.github.claudefleet.config.ConfigurationContext;
import io.github.claudefleet.config.FleetConfiguration;
import io.github.claudefleet.config.HardeningConfiguration;
import io.github.claudefleet.config.ImageConfiguration;
import io.github.claudefleet.config.JavaConfiguration;
import io.github.claudefleet.host.HostUser;
import io.github.claudefleet.spec.FleetSpec;
import io.github.claudefleet.spec.Lifetime;
import java.util.List;
import java.util.Map;
import javax.inject.Inject;
import org.apache.maven.plugins.annotations.Parameter;
import org.apache.maven.settings.crypto.SettingsDecrypter;

/** What the goals have that make something: image, login, and how containers are made. */
abstract class AbstractLoginMojo extends AbstractFleetMojo {

    /** Prints what would be done, with the cause of each step, and does nothing. */
    @Parameter(property = "claude-fleet.dryRun", defaultValue = "false")
    private boolean dryRun;

    /**
     * The agents' image: {@code <name>} of one that exists, {@code <dockerfile>} of the project's own, or, by default,
     * the bundled one, built on {@code <base>} with {@code <claudeVersion>}. See docs/configuration.md; each has a
     * property such as {@code claude-fleet.image.name}.
     */
    @Parameter
    private ImageConfiguration image;

    /**
     * Agents that build with Maven: {@code <java>21</java>} gives the bundled image a JDK (17, 21 or 25) and Maven, and agents this
     * build's local repository to read. See docs/configuration.md.
     */
    @Parameter
    private JavaConfiguration java;

    /**
     * The login: {@code <mode>} ({@code login}, {@code token}, {@code apiKey} or {@code provider}) and where it is
     * from. See
     * docs/configuration.md; each has a property such as {@code claude-fleet.auth.mode}.
     */
    @Parameter
    private AuthConfiguration auth;

    /**
     * How much agents share: {@code login} (the login alone, read-only) or {@code all} (one directory, read-write, for
     * all of Claude Code's state, as in the original pattern). By default {@code login}.
     */
    @Parameter(property = "claude-fleet.sharing")
    private String sharing;

    /** A network that is there already, for the containers to join. By default the fleet gets one of its own. */
    @Parameter(property = "claude-fleet.network")
    private String network;

    /**
     * Who the containers run as, UID:GID. By default the person who runs Maven, or who called {@code sudo}; 1000:1000
     * where that is root.
     */
    @Parameter(property = "claude-fleet.user")
    private String user;

    /** Environment of all containers, the auth container included. Credentials are refused: see {@code auth}. */
    @Parameter
    private Map<String, String> environment;

    /**
     * Files and directories of this machine for all containers, such as {@code ~/.aws:/home/agent/.aws}; read-only
     * unless {@code :rw} follows.
     */
    @Parameter(property = "claude-fleet.mounts")
    private List<String> mounts;

    /** Lines {@code HOST:ADDRESS} for the containers' hosts file. */
    @Parameter(property = "claude-fleet.extraHosts")
    private List<String> extraHosts;

    /** What containers are kept from, where the default (as much as possible) is not wanted. */
    @Parameter
    private HardeningConfiguration hardening;

    /**
     * When the fleet ends by itself: {@code build} (with the build that started it, however that ends) or {@code detached} (by
     * {@code stop} alone). By default {@code build} where the build also stops it, and {@code detached} for a {@code start} at the
     * command line.
     */
    @Parameter(property = "claude-fleet.lifetime")
    private String lifetime;

    /** How many containers are created and started at once. By default 4. */
    @Parameter(property = "claude-fleet.parallelism")
    private Integer parallelism;

    /** How long one agent may take from its start until it is ready, such as {@code 60s}, which is the default. */
    @Parameter(property = "claude-fleet.startTimeout")
    private String startTimeout;

    /** How long one container may take to end before it is killed, such as {@code 10s}, which is the default. */
    @Parameter(property = "claude-fleet.stopTimeout")
    private String stopTimeout;

    /**
     * Makes the fleet even where its containers need more memory, processes or disk than are free on the engine's machine, which is
     * refused otherwise.
     */
    @Parameter(property = "claude-fleet.overcommit", defaultValue = "false")
    private boolean overcommit;

    @Inject
    private SettingsDecrypter decrypter;

    final boolean isDryRun() {
        return dryRun;
    }

    /** What this goal's parameters say; a goal adds what it alone has. */
    FleetConfiguration configuration() {
        return new FleetConfiguration()
                .image(image)
                .java(java, new ForwardedSettings(session(), project(), servers()))
                .auth(auth)
                .sharing(sharing)
                .network(network)
                .user(user)
                .environment(environment)
                .extraHosts(extraHosts)
                .mounts(mounts)
                .hardening(hardening)
                .parallelism(parallelism)
                .startTimeout(startTimeout)
                .stopTimeout(stopTimeout)
                .overcommit(overcommit);
    }

    private ServerCredentials servers() {
        return new ServerCredentials(session().getSettings(), decrypter);
    }

    /** As the pom says, or as Maven's plan tells; a goal that stops what it starts knows better. */
    Lifetime lifetime() {
        return lifetime == null ? toldLifetime() : Lifetime.of(lifetime);
    }

    Lifetime toldLifetime() {
        return new LifetimeResolver(session(), project(), execution(), lifecycle()).told();
    }

    final FleetSpec fleetSpec() {
        ServerCredentials servers = servers();
        ConfigurationContext configurationContext = new ConfigurationContext(
                baseDirectory(), home(), System.getenv(), properties()::expression, servers::password);
        return configuration()
                .fillFrom(properties())
                .toSpec(fleetId(lifetime()), configurationContext, HostUser.containerUser());
    }
}
