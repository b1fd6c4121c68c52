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

    private HostFixture premises;

    @BeforeEach
    void build() {
        premises = new HostFixture(folder);
    }

    @Test
    void filesThatAreAsTheyShouldBePass() {
        assertThat(findings(premises.fleet().toSpec()))
                .containsExactly(
                        Finding.pass("login directory", premises.login.toString()),
                        Finding.pass("credentials file", premises.credentials.toString()),
                        Finding.pass("refresh lock", "none is held"),
                        Finding.pass("workspace", premises.workspace.toString()));
    }

    @Test
    void aTokenNeedsNoLoginDirectory() {
        FleetSpec spec = premises.fleet()
                .credential(LoginMode.TOKEN, Shop.credential("t0ken"))
                .toSpec();

        assertThat(findings(spec)).extracting(Finding::check).containsExactly("workspace");
    }

    @Test
    void aLoginDirectoryThatIsNotThereYetIsMadeByAuth() {
        Path missing = premises.home.resolve("missing");

        assertThat(findings(premises.fleet().loginDirectory(missing).toSpec()))
                .contains(Finding.warn("login directory", missing + " is not there yet", "mvn claude-fleet:auth"))
                .anySatisfy(finding -> assertThat(finding.text())
                        .startsWith("FAIL  credentials file: no login -> Sign in once: mvn claude-fleet:auth"));
    }

    @Test
    void aLoginDirectoryThatContainersCannotWriteFails() {
        HostFixture.restrict(premises.login, "r-x------");

        assertThat(findings(premises.fleet().toSpec()))
                .contains(Finding.fail(
                        "login directory",
                        premises.login + " can't be written by the containers' user " + HostFixture.USER,
                        "chown -R " + HostFixture.USER + " " + premises.login));
    }

    @Test
    void onesOwnClaudeDirectoryIsWarnedOf() {
        Path personal = HostFixture.directory(premises.home.resolve(".claude"));

        assertThat(findings(premises.fleet().loginDirectory(personal).toSpec()))
                .contains(Finding.warn(
                        "login directory",
                        personal + " is your own Claude Code directory",
                        "leave auth.directory out for one of the fleet's own"));
    }

    @Test
    void aLoginThatOthersCanReadIsWarnedOf() {
        HostFixture.restrict(premises.login, "rwxr-xr-x");
        HostFixture.restrict(premises.credentials, "rw-r-----");

        assertThat(findings(premises.fleet().toSpec()))
                .contains(
                        Finding.warn(
                                "login directory",
                                premises.login + " can be entered or read by others (mode 755)",
                                "chmod 700 " + premises.login),
                        Finding.warn(
                                "credentials file",
                                premises.credentials + " can be entered or read by others (mode 640)",
                                "chmod 600 " + premises.credentials));
    }

    @Test
    void aDamagedLoginFails() throws IOException {
        Files.writeString(premises.credentials, "{");

        assertThat(findings(premises.fleet().toSpec()))
                .anySatisfy(finding -> assertThat(finding.text())
                        .startsWith("FAIL  credentials file: the credentials file is damaged")
                        .endsWith("-> Sign in again: mvn claude-fleet:auth in a terminal."));
    }

    @Test
    void aWorkspaceIsLookedAtOnceAndFailsWhereItCannotBeWritten() {
        HostFixture.restrict(premises.workspace, "r-xr-xr-x");
        FleetSpec spec = premises.fleet()
                .agent(Shop.agent("reviewer", premises.workspace))
                .toSpec();

        assertThat(findings(spec))
                .filteredOn(finding -> finding.check().equals("workspace"))
                .containsExactly(Finding.fail(
                        "workspace",
                        premises.workspace + " can't be written by the containers' user " + HostFixture.USER,
                        "chown -R " + HostFixture.USER + " " + premises.workspace));
    }

    @ParameterizedTest
    @CsvSource({"-59, pass", "59, pass", "-61, warn", "61, warn", "-86400, warn"})
    void aRefreshLockThatNobodyTouchesIsWarnedOf(long seconds, String outcome) throws IOException {
        Path lock = Files.createDirectory(premises.login.resolve(".oauth_refresh.lock"));
        Files.setLastModifiedTime(
                lock, FileTime.from(DoctorFixture.CLOCK.instant().plusSeconds(seconds)));

        assertThat(findings(premises.fleet().toSpec()))
                .filteredOn(finding -> finding.check().equals("refresh lock"))
                .singleElement()
                .satisfies(finding -> assertThat(finding.text()).startsWith(outcome))
                .satisfies(finding -> assertThat(finding.detail())
                        .contains(outcome.equals("pass") ? "under way" : seconds < 0 ? " ago" : " in the future"));
    }

    @Test
    void whatIsFreeInTheWorkspaceIsSaid() {
        assertThat(new HostChecks(premises.fleet().toSpec(), HomeDirectory.at(premises.home), DoctorFixture.CLOCK)
                        .run())
                .filteredOn(finding -> finding.check().equals("workspace disk"))
                .singleElement()
                .satisfies(finding -> assertThat(finding.detail()).matches("\\d+[mgt] free where .*shop is"));
    }

    private List<Finding> findings(FleetSpec spec) {
        return new HostChecks(spec, HomeDirectory.at(premises.home), DoctorFixture.CLOCK)
                .run().stream()
                        .filter(finding -> !finding.check().equals("workspace disk"))
                        .toList();
    }
}
