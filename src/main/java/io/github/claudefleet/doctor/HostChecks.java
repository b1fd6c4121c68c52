package io.github.claudefleet.doctor;

import io.github.claudefleet.auth.LoginDirectory;
import io.github.claudefleet.auth.LoginDirectoryKeeper;
import io.github.claudefleet.auth.Verdict;
import io.github.claudefleet.host.HostFiles;
import io.github.claudefleet.spec.ContainerUser;
import io.github.claudefleet.spec.FleetSpec;
import io.github.claudefleet.spec.LoginMode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Looks at the host's files: the login directory and the workspaces. */
final class HostChecks {

    private static final String DIRECTORY = "login directory";
    private static final String CREDENTIALS = "credentials file";
    private static final int OTHERS = 0077;

    private final FleetSpec spec;
    private final Path home;

    HostChecks(FleetSpec spec, Path home) {
        this.spec = spec;
        this.home = home;
    }

    List<Finding> run() {
        List<Finding> findings = new ArrayList<>();
        if (spec.login().mode() == LoginMode.LOGIN) {
            findings.add(directory(spec.login().directory()));
            findings.add(credentials(spec.login().directory()));
        }
        spec.agents().stream()
                .map(agent -> agent.workspace().directory())
                .distinct()
                .map(this::workspace)
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
        if (LoginDirectoryKeeper.isPersonal(directory, home)) {
            return Finding.warn(
                    DIRECTORY,
                    directory + " is your own Claude Code directory",
                    "leave auth.directory out for one of the fleet's own");
        }
        return modeOf(directory, DIRECTORY, "chmod 700 " + directory);
    }

    private Finding credentials(Path directory) {
        Optional<Verdict> problem = new LoginDirectory(directory).problem(spec.user());
        if (problem.isPresent()) {
            return Finding.fail(
                    CREDENTIALS, problem.get().text(), problem.get().kind().next());
        }
        Path file = directory.resolve(LoginDirectory.CREDENTIALS);
        return modeOf(file, CREDENTIALS, "chmod 600 " + file);
    }

    private static Finding modeOf(Path file, String check, String mend) {
        return HostFiles.mode(file)
                .filter(mode -> (mode & OTHERS) != 0)
                .map(mode -> Finding.warn(
                        check, file + " can be entered or read by others (mode " + octal(mode) + ")", mend))
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

    private static String octal(int mode) {
        return Integer.toOctalString(mode & 0777);
    }
}
