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
import io.github.claudefleet.spec.PullPolicy;
import io.github.claudefleet.tasksource.TaskFinder;
import java.util.List;
import java.util.Map;
import javax.inject.Inject;
import org.apache.maven.plugins.annotations.Parameter;
import org.apache.maven.settings.crypto.SettingsDecrypter;

/** Base of the goals that create something: parameters for the image, the login and the containers. */
abstract class AbstractLoginMojo extends AbstractFleetMojo {

    /** Prints the plan, with the cause of each operation, and changes nothing. */
    @Parameter(property = "claude-fleet.dryRun", defaultValue = "false")
    private boolean dryRun;

    /**
     * Image of the agents: {@code <name>} of an existing one, {@code <dockerfile>} of the project's own, or, by
     * default, the bundled one, built on {@code <base>} with {@code <claudeVersion>}. See docs/configuration.md. Each
     * element has a property, such as {@code claude-fleet.image.name}.
     */
    @Parameter
    private ImageConfiguration image;

    /**
     * Settings for agents that build with Maven. {@code <java>21</java>} adds a JDK (17, 21 or 25) and Maven to the
     * bundled image, and gives agents read access to this build's local repository. See docs/configuration.md.
     */
    @Parameter
    private JavaConfiguration java;

    /**
     * Login of the fleet: its {@code <mode>} ({@code login}, {@code token}, {@code apiKey}, {@code federation} or
     * {@code provider}), its source and its {@code <exposure>}. See docs/configuration.md. Each element has a property, such as {@code claude-fleet.auth.mode}.
     */
    @Parameter
    private AuthConfiguration auth;

    /**
     * State that agents share: {@code login} (only the login, read-only) or {@code all} (one directory, read-write, for
     * all of Claude Code's state, as in the original pattern). The default is {@code login}.
     */
    @Parameter(property = "claude-fleet.sharing")
    private String sharing;

    /**
     * Existing network that the auth container and the gateway join, and agents with {@code egress} {@code open}. By
     * default the fleet creates its own.
     */
    @Parameter(property = "claude-fleet.network")
    private String network;

    /**
     * User of the containers, as UID:GID. The default is the user who runs Maven or who called {@code sudo}, or
     * 1000:1000 if that is root.
     */
    @Parameter(property = "claude-fleet.user")
    private String user;

    /**
     * Environment variables of all containers, including the auth container. Credentials are refused: see {@code auth}.
     */
    @Parameter
    private Map<String, String> environment;

    /**
     * Files and directories of this machine that are mounted in all containers, such as
     * {@code ~/.aws:/home/agent/.aws}. They are read-only unless {@code :rw} follows.
     */
    @Parameter(property = "claude-fleet.mounts")
    private List<String> mounts;

    /** Lines {@code HOST:ADDRESS} for the containers' hosts file. */
    @Parameter(property = "claude-fleet.extraHosts")
    private List<String> extraHosts;

    /** Restrictions of the containers, if they should differ from the default (as strict as possible). */
    @Parameter
    private HardeningConfiguration hardening;

    /**
     * End of the fleet's lifetime: {@code build} (it ends with the build that started it, however that ends) or
     * {@code detached} (it ends only by {@code stop}). The default is {@code build} if the build also stops the fleet,
     * and {@code detached} for a {@code start} at the command line.
     */
    @Parameter(property = "claude-fleet.lifetime")
    private String lifetime;

    /**
     * Directory with the scripts of a rehearsal, {@code AGENT.rehearsal.yml}. An agent without one answers, and does
     * nothing. The default is {@code src/fleet}. See docs/no-account.md.
     */
    @Parameter(property = "claude-fleet.rehearsalScripts")
    private String rehearsalScripts;

    /** Number of containers that are created and started at the same time. The default is 4. */
    @Parameter(property = "claude-fleet.parallelism")
    private Integer parallelism;

    /** Maximum time from an agent's start until it is ready, such as {@code 2m}. The default is {@code 60s}. */
    @Parameter(property = "claude-fleet.startTimeout")
    private String startTimeout;

    /** Maximum time for a container to exit before it is killed, such as {@code 30s}. The default is {@code 10s}. */
    @Parameter(property = "claude-fleet.stopTimeout")
    private String stopTimeout;

    /**
     * Creates the fleet even if its containers need more memory, processes or disk space than the engine's machine has
     * free. By default such a fleet is refused.
     */
    @Parameter(property = "claude-fleet.overcommit", defaultValue = "false")
    private boolean overcommit;

    @Inject
    private SettingsDecrypter decrypter;

    final boolean isDryRun() {
        return dryRun;
    }

    /** Collects the values of this goal's parameters. A subclass adds its own. */
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
                .rehearsal(isRehearsal(), rehearsalScripts)
                .parallelism(parallelism)
                .startTimeout(startTimeout)
                .stopTimeout(stopTimeout)
                .overcommit(overcommit);
    }

    @Override
    final PullPolicy pullPolicy() {
        return (image == null ? new ImageConfiguration() : image).toPullPolicy(properties());
    }

    private ServerCredentials servers() {
        return new ServerCredentials(session().getSettings(), decrypter);
    }

    /**
     * Returns the lifetime that the pom configures, or that Maven's plan implies. A goal that stops what it starts
     * overrides {@link #toldLifetime}.
     */
    Lifetime lifetime() {
        return lifetime == null ? toldLifetime() : Lifetime.of(lifetime);
    }

    Lifetime toldLifetime() {
        return new LifetimeResolver(session(), project(), execution(), lifecycle()).told();
    }

    /** Returns the fleet without the tasks of sources, for goals that give none to agents. */
    final FleetSpec fleetSpec() {
        return fleetSpec(TaskFinder.NONE);
    }

    final FleetSpec fleetSpec(TaskFinder tasks) {
        ServerCredentials servers = servers();
        ConfigurationContext configurationContext = new ConfigurationContext(
                fleets().baseDirectory(),
                home(),
                System.getenv(),
                properties()::expression,
                servers::password,
                BuildModules.of(session()),
                tasks);
        return configuration()
                .fillFrom(properties())
                .toSpec(fleets().configuredId(lifetime()), configurationContext, HostUser.containerUser());
    }
}
