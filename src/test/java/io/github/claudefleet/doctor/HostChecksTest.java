package io.github.claudefleet.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.claudefleet.spec.FleetSpec;
import io.github.claudefleet.spec.HomeDirectory;
import io.github.claudefleet.spec.LoginMode;
import io.github.claudefleet.spec.Shop;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HostChecksTest {

    @TempDir
    private Path folder;

    private HostFixture host;

    @BeforeEach
    void build() {
        host = new HostFixture(folder);
    }

    @Test
    void filesThatAreAsTheyShouldBePass() {
        assertThat(findings(host.fleet().toSpec()))
                .containsExactly(
                        Finding.pass("login directory", host.login.toString()),
                        Finding.pass("credentials file", host.credentials.toString()),
                        Finding.pass("refresh lock", "none is held"),
                        Finding.pass("workspace", host.workspace.toString()));
    }

    @Test
    void aTokenNeedsNoLoginDirectory() {
        FleetSpec spec = host.fleet()
                .credential(LoginMode.TOKEN, Shop.credential("t0ken"))
                .toSpec();

        assertThat(findings(spec)).extracting(Finding::check).containsExactly("workspace");
    }

    @Test
    void aLoginDirectoryThatIsNotThereYetIsMadeByAuth() {
        Path missing = host.home.resolve("missing");

        assertThat(findings(host.fleet().loginDirectory(missing).toSpec()))
                .contains(Finding.warn("login directory", missing + " is not there yet", "mvn claude-fleet:auth"))
                .anySatisfy(finding -> assertThat(finding.text())
                        .startsWith("FAIL  credentials file: no login -> Sign in once: mvn claude-fleet:auth"));
    }

    @Test
    void aLoginDirectoryThatContainersCannotWriteFails() {
        HostFixture.restrict(host.login, "r-x------");

        assertThat(findings(host.fleet().toSpec()))
                .contains(Finding.fail(
                        "login directory",
                        host.login + " can't be written by the containers' user " + HostFixture.USER,
                        "chown -R " + HostFixture.USER + " " + host.login));
    }

    @Test
    void onesOwnClaudeDirectoryIsWarnedOf() {
        Path personal = HostFixture.directory(host.home.resolve(".claude"));

        assertThat(findings(host.fleet().loginDirectory(personal).toSpec()))
                .contains(Finding.warn(
                        "login directory",
                        personal + " is your own Claude Code directory",
                        "leave auth.directory out for one of the fleet's own"));
    }

    @Test
    void aLoginThatOthersCanReadIsWarnedOf() {
        HostFixture.restrict(host.login, "rwxr-xr-x");
        HostFixture.restrict(host.credentials, "rw-r-----");

        assertThat(findings(host.fleet().toSpec()))
                .contains(
                        Finding.warn(
                                "login directory",
                                host.login + " can be entered or read by others (mode 755)",
                                "chmod 700 " + host.login),
                        Finding.warn(
                                "credentials file",
                                host.credentials + " can be entered or read by others (mode 640)",
                                "chmod 600 " + host.credentials));
    }

    @Test
    void aDamagedLoginFails() throws IOException {
        Files.writeString(host.credentials, "{");

        assertThat(findings(host.fleet().toSpec()))
                .anySatisfy(finding -> assertThat(finding.text())
                        .startsWith("FAIL  credentials file: the credentials file is damaged")
                        .endsWith("-> Sign in again: mvn claude-fleet:auth in a terminal."));
    }

    @Test
    void aWorkspaceIsLookedAtOnceAndFailsWhereItCannotBeWritten() {
        HostFixture.restrict(host.workspace, "r-xr-xr-x");
        FleetSpec spec =
                host.fleet().agent(Shop.agent("reviewer", host.workspace)).toSpec();

        assertThat(findings(spec))
                .filteredOn(finding -> finding.check().equals("workspace"))
                .containsExactly(Finding.fail(
                        "workspace",
                        host.workspace + " can't be written by the containers' user " + HostFixture.USER,
                        "chown -R " + HostFixture.USER + " " + host.workspace));
    }

    @ParameterizedTest
    @CsvSource({"-59, pass", "59, pass", "-61, warn", "61, warn", "-86400, warn"})
    void aRefreshLockThatNobodyTouchesIsWarnedOf(long seconds, String outcome) throws IOException {
        Path lock = Files.createDirectory(host.login.resolve(".oauth_refresh.lock"));
        Files.setLastModifiedTime(
                lock, FileTime.from(DoctorFixture.CLOCK.instant().plusSeconds(seconds)));

        assertThat(findings(host.fleet().toSpec()))
                .filteredOn(finding -> finding.check().equals("refresh lock"))
                .singleElement()
                .satisfies(finding -> assertThat(finding.text()).startsWith(outcome))
                .satisfies(finding -> assertThat(finding.detail())
                        .contains(outcome.equals("pass") ? "under way" : seconds < 0 ? " ago" : " in the future"));
    }

    @Test
    void whatIsFreeInTheWorkspaceIsSaid() {
        assertThat(new HostChecks(host.fleet().toSpec(), HomeDirectory.at(host.home), DoctorFixture.CLOCK).run())
                .filteredOn(finding -> finding.check().equals("workspace disk"))
                .singleElement()
                .satisfies(finding -> assertThat(finding.detail()).matches("\\d+[mgt] free where .*shop is"));
    }

    private List<Finding> findings(FleetSpec spec) {
        return new HostChecks(spec, HomeDirectory.at(host.home), DoctorFixture.CLOCK)
                .run().stream()
                        .filter(finding -> !finding.check().equals("workspace disk"))
                        .toList();
    }
}
