package io.github.claudefleet.it;

import io.github.claudefleet.auth.AuthFailedException;
import io.github.claudefleet.auth.LoginContext;
import io.github.claudefleet.console.ConsoleListeners;
import io.github.claudefleet.console.LogSink;
import io.github.claudefleet.fleet.Fleet;
import io.github.claudefleet.fleet.FleetSelector;
import io.github.claudefleet.host.HostUser;
import io.github.claudefleet.spec.CaBundle;
import io.github.claudefleet.spec.Exposure;
import io.github.claudefleet.spec.FleetBuilder;
import io.github.claudefleet.spec.FleetSpec;
import io.github.claudefleet.spec.ImageSpec;
import io.github.claudefleet.spec.LoginMode;
import io.github.claudefleet.spec.LoginSpec;
import io.github.claudefleet.spec.PullPolicy;
import io.github.claudefleet.spec.Sharing;
import io.github.claudefleet.spec.SignInSpec;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;

/**
 * The goal {@code auth} without Maven, in batch mode, on the real engine, for dozens of cases. It does not reuse an
 * earlier probe. Pauses between two looks at the login move its clock and take no time. So the login's timeout passes
 * at the second look, and never while a busy machine starts the CLI.
 */
public final class GoalInProcess {

    private static final Duration TIMEOUT = Duration.ofMinutes(5);

    private final FleetSpec spec;
    private final Fleet fleet;
    private final StringBuilder said = new StringBuilder();
    private Duration paused = Duration.ZERO;

    public GoalInProcess(ItProject project) {
        this.spec = spec(project);
        InstantSource clock = () -> Instant.now().plus(paused);
        LoginContext loginContext =
                new LoginContext(new NonInteractiveTerminal(), clock, pause -> paused = paused.plus(pause));
        this.fleet = new Fleet(project.engine(), loginContext, new ConsoleListeners(new Lines()), HostUser.home());
    }

    /** Runs the goal and returns {@code VALID} or the failure's verdict. Any other failure is thrown. */
    public String auth() throws InterruptedException {
        said.setLength(0);
        try {
            fleet.auth(spec);
            return "VALID";
        } catch (AuthFailedException e) {
            said.append(e.getMessage()).append('\n');
            return e.verdict().kind().name();
        }
    }

    /** Returns the log that a user would have read. */
    public String said() {
        return said.toString();
    }

    /** Removes the fleet. */
    public void stop() throws InterruptedException {
        fleet.stop(new FleetSelector(spec.id(), false, false), spec.timeouts(), Path.of("target", "results"));
    }

    private static FleetSpec spec(ItProject project) {
        LoginSpec login = new LoginSpec(
                LoginMode.LOGIN,
                project.directory().resolve("login"),
                Optional.empty(),
                Optional.empty(),
                Sharing.LOGIN,
                Exposure.AGENT,
                TIMEOUT,
                TIMEOUT,
                Duration.ofMillis(1),
                LoginSpec.Quota.DEFAULT,
                SignInSpec.DEFAULT);
        return FleetBuilder.of(project.fleetId(), ItProject.AGENT_USER, HostUser.home())
                .image(new ImageSpec.Named(project.bundledImage(), PullPolicy.NEVER))
                .login(login)
                .gatewayBase(ItProject.property("it.baseImage"))
                .network(ItProject.property("standin.network"))
                .caBundle(CaBundle.read(Path.of(ItProject.property("standin.bundle"))))
                .toSpec();
    }

    private final class Lines implements LogSink {

        @Override
        public void debug(String line) {}

        @Override
        public void info(String line) {
            said.append(line).append('\n');
        }

        @Override
        public void warn(String line) {
            said.append(line).append('\n');
        }
    }
}
