package io.github.claudefleet.spec;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/** Presets of the tests: fleets named shop of idle agents that share the project's directory. */
public final class Shop {

    /** Project of these fleets; names on the engine contain the first eight digits. */
    public static final Project PROJECT = new Project("c0ffee00c0ff", "/home/ann/shop");

    public static final Path LOGIN_DIRECTORY = Path.of("/home/ann/.claude-fleet/login");

    private static final HomeDirectory HOME = HomeDirectory.at(Path.of("/home/ann"));

    private Shop() {}

    /** Creates a detached fleet of idle agents with these names, without a gateway. */
    public static FleetBuilder fleet(String... agents) {
        return fleet(new ContainerUser(1000, 1000), agents);
    }

    /** Creates a fleet whose processes run as this user. */
    public static FleetBuilder fleet(ContainerUser user, String... agents) {
        FleetBuilder fleet = FleetBuilder.of(idOf("shop"), user, HOME)
                .image(new ImageSpec.Named("acme/agent:1", PullPolicy.MISSING))
                .egress(EgressSpec.OPEN);
        for (String agent : agents) {
            fleet.agent(agent(agent));
        }
        return fleet;
    }

    /** Creates an idle agent in the project's directory. */
    public static AgentBuilder agent(String name) {
        return agent(name, Path.of(PROJECT.directory()));
    }

    /** Creates an idle agent in a directory. Records of its workspace are beside it, as no test may write to a home. */
    public static AgentBuilder agent(String name, Path directory) {
        return AgentBuilder.named(name, directory)
                .workspace(new WorkspaceOrigin(
                        directory,
                        WorkspaceStrategy.BIND,
                        Optional.empty(),
                        false,
                        IntegrationSpec.DEFAULT,
                        directory.resolveSibling("workspaces")));
    }

    /** Creates a fleet of one idle agent with this workspace. */
    public static FleetSpec fleet(String agent, WorkspaceOrigin workspace) {
        return fleet().agent(agent(agent).workspace(workspace)).toSpec();
    }

    /** Id of a fleet of the project, with an owner whose liveness cannot be determined. */
    public static FleetId idOf(String name, Lifetime lifetime, String build) {
        return new FleetId(new FleetName(name), PROJECT, lifetime, new BuildIdentity(build, "somebody"));
    }

    /** Id of the project's detached fleet. */
    public static FleetId idOf(String name) {
        return idOf(name, Lifetime.DETACHED, "b0b0b0b0b0b0");
    }

    /** Login by a federation. */
    public static LoginSpec login(Federation federation) {
        return LoginSpec.in(LOGIN_DIRECTORY).withFederation(federation);
    }

    /** Federation whose identity token comes from an environment variable. */
    public static Federation federation() {
        return federation(new IdentitySource.TokenVariable("SHOP_ID_TOKEN", Secret.of("eyJ.invented.identity")));
    }

    /** Federation with an identity token from that origin. */
    public static Federation federation(IdentitySource identity) {
        return new Federation(
                "fdrl_shop",
                "00000000-0000-4000-8000-000000000001",
                Optional.of("svac_shop"),
                Optional.of("wrkspc_shop"),
                Federation.DEFAULT_AUDIENCE,
                identity);
    }

    public static LoginSpec.Credential credential(String secret) {
        return new LoginSpec.Credential(Secret.of(secret), "environment variable KEY");
    }

    /** Default sign-in, except for its behaviour without a person. */
    public static SignInSpec signIn(Unattended unattended) {
        return signIn(unattended, Optional.empty());
    }

    /** Default sign-in with a code to submit. */
    public static SignInSpec code(String code) {
        return signIn(Unattended.WAIT, Optional.of(Secret.of(code)));
    }

    private static SignInSpec signIn(Unattended unattended, Optional<Secret> code) {
        return new SignInSpec(false, false, Optional.empty(), unattended, Duration.ofMinutes(15), code);
    }
}
