package io.github.claudefleet.doctor;

import io.github.claudefleet.auth.LoginDirectory;
import io.github.claudefleet.claude.ClaudeFiles;
import io.github.claudefleet.claude.CliVersion;
import io.github.claudefleet.engine.ContainerEngine;
import io.github.claudefleet.engine.ContainerObservation;
import io.github.claudefleet.engine.ContainerState;
import io.github.claudefleet.engine.EngineException;
import io.github.claudefleet.host.HostFiles;
import io.github.claudefleet.plan.ObservedFleet;
import io.github.claudefleet.spec.Labels;
import io.github.claudefleet.spec.LoginMode;
import io.github.claudefleet.spec.LoginSpec;
import io.github.claudefleet.spec.Sharing;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Checks the login, the CLI, the clock and the network from inside the containers. */
final class ContainerChecks {

    private static final String AUTH = "inside the auth container";
    /** Fact of an agent that has no credential, because its gateway adds it. */
    private static final String PLACEHOLDER = "placeholder";

    private static final String MOUNT = "login mount";
    private static final long CLOCK_TOLERANCE_SECONDS = 60;
    private static final long UNKNOWN = -1;
    private static final long LITTLE_DISK_KILOBYTES = 2L << 20;

    private final ContainerEngine engine;
    private final LoginSpec login;
    private final InstantSource clock;

    ContainerChecks(ContainerEngine engine, LoginSpec login, InstantSource clock) {
        this.engine = engine;
        this.login = login;
        this.clock = clock;
    }

    List<Finding> run(ObservedFleet observed) {
        List<Finding> findings = new ArrayList<>();
        running(observed.auth())
                .ifPresentOrElse(
                        auth -> findings.addAll(
                                ContainerCheckGuard.at(AUTH, () -> auth(auth, ContainerFacts.of(engine, auth)))),
                        () -> findings.add(Finding.skipped(AUTH, "none is up; mvn claude-fleet:auth starts it")));
        observed.agents().stream()
                .filter(agent -> agent.state() == ContainerState.RUNNING)
                .map(this::agent)
                .forEach(findings::addAll);
        return findings;
    }

    private List<Finding> auth(ContainerObservation auth, ContainerFacts inside) {
        List<Finding> findings = new ArrayList<>(List.of(
                cli(inside), clock(inside), address(inside), new TlsCheck(engine).ask(auth, inside), disk(inside)));
        mount(auth).ifPresent(findings::add);
        return findings;
    }

    private static Finding cli(ContainerFacts inside) {
        String version = inside.get("cli");
        Optional<CliVersion> known = CliVersion.parse(version);
        if (known.isEmpty()) {
            return Finding.fail(
                    "claude", "the image has no claude command", "leave image.name out for the bundled image");
        }
        return known.get().isTooOld()
                ? Finding.fail(
                        "claude",
                        version + " is older than " + CliVersion.OLDEST + ", which mends refresh races",
                        "use a newer image, or set image.claudeVersion")
                : Finding.pass("claude", version);
    }

    private Finding clock(ContainerFacts inside) {
        long here = clock.instant().getEpochSecond();
        long difference = Math.abs(inside.number("time", here) - here);
        return difference <= CLOCK_TOLERANCE_SECONDS
                ? Finding.pass("clock", "the engine's clock agrees with this machine's")
                : Finding.fail("clock", "the engine's clock is " + difference + " s off", "set the engine's clock");
    }

    private static Finding address(ContainerFacts inside) {
        return inside.get("address").isEmpty()
                ? Finding.warn(
                        "name resolution",
                        "api.anthropic.com has no address inside, as is usual behind a proxy",
                        "if the login fails, check the engine's DNS, or extraHosts")
                : Finding.pass("name resolution", inside.get("address"));
    }

    private static Finding disk(ContainerFacts inside) {
        long free = inside.number("freeKilobytes", UNKNOWN);
        if (free == UNKNOWN) {
            return Finding.skipped("disk", "the image has no df to ask");
        }
        return free >= LITTLE_DISK_KILOBYTES
                ? Finding.pass("disk", (free >> 20) + " GiB free on the engine")
                : Finding.warn(
                        "disk", (free >> 10) + " MiB free on the engine", "docker system df shows what takes it");
    }

    private List<Finding> agent(ContainerObservation container) {
        String check = "agent " + container.label(Labels.AGENT).orElse(container.name());
        return ContainerCheckGuard.at(check, () -> hasEnded(container), () -> agent(check, container));
    }

    /** An agent ends by itself when its work is done. */
    private boolean hasEnded(ContainerObservation agent) {
        try {
            return engine.containers()
                    .find(agent.id())
                    .filter(now -> now.state() == ContainerState.RUNNING)
                    .isEmpty();
        } catch (EngineException e) {
            return false;
        }
    }

    private List<Finding> agent(String check, ContainerObservation container) {
        ContainerFacts inside = lookTwice(container);
        Finding finding = finding(check, container, inside);
        return inside.is("fenced") ? List.of(finding, fence(check, inside)) : List.of(finding);
    }

    private static Finding fence(String agent, ContainerFacts inside) {
        String faults = inside.get("fenceFaults").strip();
        if (!faults.isEmpty() && inside.is("fenceOptional")) {
            return Finding.warn("fence of " + agent, faults, "egress.fence is optional, which accepts that");
        }
        return faults.isEmpty()
                ? Finding.pass("fence of " + agent, "reaches others through the gateway alone")
                : Finding.fail("fence of " + agent, faults, "mvn claude-fleet:stop claude-fleet:start");
    }

    private Finding finding(String check, ContainerObservation container, ContainerFacts inside) {
        if (seesAnother(container, inside)) {
            return another(check, container, inside);
        }
        return isOutdated(container, inside) ? outdated(check) : agent(check, container, inside);
    }

    /** Compares the login inside with the one outside; empty if there is none to compare, which other checks report. */
    private Optional<Finding> mount(ContainerObservation auth) {
        ContainerFacts inside = lookTwice(auth);
        return seesTheSame(auth, inside)
                .map(same -> same
                        ? Finding.pass(MOUNT, "the auth container sees the login of " + login.directory())
                        : another(MOUNT, auth, inside));
    }

    /** Reads twice if the logins differ: the keeper may have renewed the login between the two reads. */
    private ContainerFacts lookTwice(ContainerObservation container) {
        ContainerFacts inside = ContainerFacts.of(engine, container);
        return seesAnother(container, inside) ? ContainerFacts.of(engine, container) : inside;
    }

    private Finding another(String check, ContainerObservation container, ContainerFacts inside) {
        return Finding.fail(
                check,
                "sees another login at " + inside.get("credential") + " than the one in " + mounted(container)
                        + ": the directory was replaced, or named anew, after the container was started",
                "mvn claude-fleet:stop claude-fleet:start");
    }

    private boolean seesAnother(ContainerObservation container, ContainerFacts inside) {
        return seesTheSame(container, inside).equals(Optional.of(false));
    }

    private boolean isOutdated(ContainerObservation container, ContainerFacts inside) {
        return login.mode() == LoginMode.LOGIN
                && inside.is("credentialReadable")
                && !new LoginDirectory(login.directory()).isCopiedTo(mounted(container));
    }

    private Finding outdated(String check) {
        return Finding.warn(
                check,
                "sees an older access token than the one in " + login.directory()
                        + ": no keeper has copied the login for agents",
                "mvn claude-fleet:auth, which starts the keeper");
    }

    /** Returns the directory of the host that the container sees as its login. */
    private Path mounted(ContainerObservation container) {
        boolean separate = container.label(Labels.AGENT).isPresent()
                && container.label(Labels.SHARING).equals(Optional.of(Sharing.LOGIN.value()));
        return separate ? login.withSharing(Sharing.LOGIN).directoryForAgents() : login.directory();
    }

    /** Compares file contents: on some engines a mount is its own file system. Empty if there are none. */
    private Optional<Boolean> seesTheSame(ContainerObservation container, ContainerFacts inside) {
        if (login.mode() != LoginMode.LOGIN
                || inside.is(PLACEHOLDER)
                || inside.get("digest").isEmpty()) {
            return Optional.empty();
        }
        Path directory = mounted(container);
        return HostFiles.digest(directory.resolve(ClaudeFiles.CREDENTIALS))
                .map(digest -> digest.equals(inside.get("digest")))
                .or(() -> lacksCopy(directory) ? Optional.of(false) : Optional.empty());
    }

    /** Returns true for a new login directory, in which no keeper has copied the login for agents yet. */
    private boolean lacksCopy(Path directory) {
        return !directory.equals(login.directory())
                && Files.exists(login.directory().resolve(ClaudeFiles.CREDENTIALS));
    }

    private static Finding agent(String check, ContainerObservation container, ContainerFacts inside) {
        if (!isOfProvider(container) && !inside.is("credentialReadable")) {
            return Finding.fail(
                    check,
                    "user " + inside.get("user") + " can't read the login: " + inside.get("credentialListing"),
                    "mvn claude-fleet:stop claude-fleet:start; see the login directory above");
        }
        if (!inside.is("configWritable")) {
            return Finding.fail(
                    check,
                    "CLAUDE_CONFIG_DIR=" + inside.get("configDirectory") + " can't be written by user "
                            + inside.get("user"),
                    "give the image the label " + Labels.HOME);
        }
        return sharedWritable(container, inside)
                ? Finding.warn(
                        check,
                        "can write the shared login at " + inside.get("credential"),
                        "set sharing to login, so that no agent can destroy it")
                : Finding.pass(
                        check, credential(container, inside) + ", CLAUDE_CONFIG_DIR=" + inside.get("configDirectory"));
    }

    private static String credential(ContainerObservation container, ContainerFacts inside) {
        if (isOfProvider(container)) {
            return "has no login of the fleet's";
        }
        return inside.is(PLACEHOLDER)
                ? "has a placeholder, and its gateway the credential"
                : "reads the login at " + inside.get("credential");
    }

    /** Returns true if a provider supplies the login; the container then has no login of the fleet to read. */
    private static boolean isOfProvider(ContainerObservation container) {
        return container.label(Labels.LOGIN).equals(Optional.of(LoginMode.PROVIDER.value()));
    }

    private static boolean sharedWritable(ContainerObservation container, ContainerFacts inside) {
        boolean login = container.label(Labels.LOGIN).equals(Optional.of(LoginMode.LOGIN.value()));
        boolean chosen = container.label(Labels.SHARING).equals(Optional.of(Sharing.ALL.value()));
        return login && !chosen && inside.is("loginWritable");
    }

    private static Optional<ContainerObservation> running(Optional<ContainerObservation> container) {
        return container.filter(observed -> observed.state() == ContainerState.RUNNING);
    }
}
