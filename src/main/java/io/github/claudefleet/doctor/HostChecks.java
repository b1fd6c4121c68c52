package io.github.claudefleet.doctor;

import io.github.claudefleet.auth.LoginDirectory;
import io.github.claudefleet.auth.LoginDirectoryInitializer;
import io.github.claudefleet.claude.ClaudeFiles;
import io.github.claudefleet.claude.LoginStatus;
import io.github.claudefleet.host.HostFiles;
import io.github.claudefleet.spec.ContainerUser;
import io.github.claudefleet.spec.Durations;
import io.github.claudefleet.spec.FleetSpec;
import io.github.claudefleet.spec.HomeDirectory;
import io.github.claudefleet.spec.LoginMode;
import io.github.claudefleet.spec.MemorySize;
import io.github.claudefleet.spec.WorkspaceStrategy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Checks the host's files: the login directory and the workspaces. */
final class HostChecks {

    private static final String DIRECTORY = "login directory";
    private static final String CREDENTIALS = "credentials file";
    private static final String LOCK = "refresh lock";
    private static final int OTHERS = 0077;
    /** Age of a stale lock. The CLI touches its lock during a refresh; after a minute it treats it as stale. */
    private static final Duration STALE = Duration.ofSeconds(60);

    private static final long MEBIBYTE = 1L << 20;
    private static final long LITTLE_DISK = 1L << 30;

    private final FleetSpec spec;
    private final HomeDirectory home;
    private final InstantSource clock;

    HostChecks(FleetSpec spec, HomeDirectory home, InstantSource clock) {
        this.spec = spec;
        this.home = home;
        this.clock = clock;
    }

    List<Finding> run() {
        List<Finding> findings = new ArrayList<>();
        if (spec.login().mode() == LoginMode.LOGIN) {
            findings.add(directory(spec.login().directory()));
            findings.add(credentials(spec.login().directory()));
            findings.add(lock(spec.login().directory()));
        }
        spec.login()
                .federation()
                .ifPresent(federation -> findings.add(Finding.pass(
                        "identity token", "from " + federation.identity().origin())));
        spec.agents().stream()
                .filter(agent -> agent.workspace().strategy() == WorkspaceStrategy.BIND)
                .map(agent -> agent.workspace().directory())
                .distinct()
                .flatMap(directory -> Stream.of(workspace(directory), disk(directory)))
                .forEach(findings::add);
        return findings;
    }

    private Finding directory(Path directory) {
        if (!Files.isDirectory(directory)) {
            return Finding.warn(DIRECTORY, directory + " is not there yet", "mvn claude-fleet:auth");
        }
        ContainerUser user = spec.user();
        if (!HostFiles.canWrite(directory, user)) {
            return Finding.fail(
                    DIRECTORY,
                    directory + " can't be written by the containers' user " + user,
                    "chown -R " + user + " " + directory);
        }
        if (LoginDirectoryInitializer.isPersonal(directory, home)) {
            return Finding.warn(
                    DIRECTORY,
                    directory + " is your own Claude Code directory",
                    "leave auth.directory out for one of the fleet's own");
        }
        return modeOf(directory, DIRECTORY, "chmod 700 " + directory);
    }

    private Finding credentials(Path directory) {
        Optional<LoginStatus> problem = new LoginDirectory(directory).problem(spec.user());
        if (problem.isPresent()) {
            return Finding.fail(
                    CREDENTIALS, problem.get().text(), problem.get().kind().next());
        }
        Path file = directory.resolve(ClaudeFiles.CREDENTIALS);
        return modeOf(file, CREDENTIALS, "chmod 600 " + file);
    }

    private static Finding modeOf(Path file, String check, String remedy) {
        return HostFiles.mode(file)
                .filter(mode -> (mode & OTHERS) != 0)
                .map(mode -> Finding.warn(
                        check, file + " can be entered or read by others (mode " + octal(mode) + ")", remedy))
                .orElseGet(() -> Finding.pass(check, file.toString()));
    }

    private Finding workspace(Path directory) {
        return HostFiles.canWrite(directory, spec.user())
                ? Finding.pass("workspace", directory.toString())
                : Finding.fail(
                        "workspace",
                        directory + " can't be written by the containers' user " + spec.user(),
                        "chown -R " + spec.user() + " " + directory);
    }

    /** Checks for an orphaned lock. It makes every refresh by a CLI fail; a running keeper removes it. */
    private Finding lock(Path directory) {
        Path lock = directory.resolve(".oauth_refresh.lock");
        Optional<Duration> age = HostFiles.modified(lock).map(time -> Duration.between(time, clock.instant()));
        if (age.isEmpty()) {
            return Finding.pass(LOCK, "none is held");
        }
        return age.get().abs().compareTo(STALE) <= 0
                ? Finding.pass(LOCK, "a refresh is under way")
                : Finding.warn(
                        LOCK,
                        lock + " was last touched " + Durations.toText(age.get().abs())
                                + (age.get().isNegative() ? " in the future" : " ago") + ", by nobody who is at work",
                        "mvn claude-fleet:auth: its keeper clears it");
    }

    private static Finding disk(Path workspace) {
        long free = HostFiles.freeBytes(workspace);
        String text = new MemorySize(free & -MEBIBYTE) + " free where " + workspace + " is";
        return free >= LITTLE_DISK
                ? Finding.pass("workspace disk", text)
                : Finding.warn("workspace disk", text, "make room: agents write there");
    }

    private static String octal(int mode) {
        return Integer.toOctalString(mode & 0777);
    }
}
