package io.github.claudefleet.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.claudefleet.engine.ContainerState;
import io.github.claudefleet.engine.FakeEngine;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ContainerChecksTest {

    private static final String PASSING = "pass  agent tester: reads the login at"
            + " /claude-fleet/login/.credentials.json, CLAUDE_CONFIG_DIR=/home/agent/.claude";

    private final DoctorFixture fixture = new DoctorFixture();

    @TempDir
    private Path folder;

    private HostFixture host;

    @BeforeEach
    void build() {
        host = new HostFixture(folder);
    }

    @Test
    void aHealthyFleetPasses() {
        fixture.auth().agent("tester");

        assertThat(lines())
                .containsExactly(
                        "pass  claude: 2.1.330 (Claude Code)",
                        "pass  clock: the engine's clock agrees with this machine's",
                        "pass  name resolution: 192.0.2.7 api.anthropic.com",
                        "pass  TLS to the API: the certificate is trusted",
                        "pass  disk: 40 GiB free on the engine",
                        "pass  login mount: the auth container sees the login of " + host.login,
                        PASSING);
        assertThat(fixture.engine.changes()).isEmpty();
    }

    @Test
    void withoutAnAuthContainerItsChecksAreSkipped() {
        fixture.auth(ContainerState.EXITED).agent("tester").agent("over", ContainerState.EXITED);

        assertThat(lines())
                .containsExactly(
                        "skip  inside the auth container: none is up; mvn claude-fleet:auth starts it", PASSING);
    }

    @ParameterizedTest
    @ValueSource(strings = {"2.1.225 (Claude Code)", "2.2.0", "3.0.0 (Claude Code)"})
    void aCliThatIsNewEnoughPasses(String version) {
        fixture.auth().sees("auth", "cli", version);

        assertThat(lines()).contains("pass  claude: " + version);
    }

    @ParameterizedTest
    @ValueSource(strings = {"2.1.224 (Claude Code)", "2.0.300", "1.9.999 (Claude Code)"})
    void aCliThatIsTooOldFails(String version) {
        fixture.auth().sees("auth", "cli", version);

        assertThat(lines())
                .contains("FAIL  claude: " + version + " is older than 2.1.225, which mends refresh races"
                        + " -> use a newer image, or set image.claudeVersion");
    }

    @Test
    void anImageWithoutTheCliFails() {
        fixture.auth().sees("auth", "cli", "");

        assertThat(lines())
                .contains("FAIL  claude: the image has no claude command -> leave image.name out for the bundled"
                        + " image");
    }

    @ParameterizedTest
    @CsvSource({"60,pass", "-60,pass", "61,FAIL", "-61,FAIL"})
    void aClockMayBeAMinuteOff(long seconds, String outcome) {
        fixture.auth().sees("auth", "time", FakeEngine.STARTED.getEpochSecond() + seconds);

        assertThat(lines()).anySatisfy(line -> assertThat(line).startsWith(outcome + "  clock: "));
    }

    @Test
    void aNameWithoutAnAddressIsWarnedOf() {
        fixture.auth().sees("auth", "address", "");

        assertThat(lines())
                .contains("warn  name resolution: api.anthropic.com has no address inside, as is usual behind a proxy"
                        + " -> if the login fails, check the engine's DNS, or extraHosts");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "2097152 | pass  disk: 2 GiB free on the engine",
                "2097151 | warn  disk: 2047 MiB free on the engine -> docker system df shows what takes it",
                "''      | skip  disk: the image has no df to ask"
            })
    void littleDiskIsWarnedOf(String kilobytes, String line) {
        fixture.auth().sees("auth", "freeKilobytes", kilobytes);

        assertThat(lines()).contains(line);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "none | skip  TLS to the API: the image has no node, curl or openssl to try it with",
                "verify error:num=19:self-signed certificate in certificate chain | FAIL  TLS to the API: api.anthropic.com has a"
                        + " certificate that is not trusted inside (verify error:num=19:self-signed certificate in certificate"
                        + " chain) -> name the company's certificates with image.caBundle",
                "connect ECONNREFUSED 192.0.2.7:443 | warn  TLS to the API: api.anthropic.com can't be reached from inside"
                        + " (connect ECONNREFUSED 192.0.2.7:443) -> check the network, a proxy that containers need, and"
                        + " extraHosts"
            })
    void theGreetingToTheApiTellsWhatIsInTheWay(String said, String line) {
        fixture.auth().tls(said);

        assertThat(lines()).contains(line);
    }

    @ParameterizedTest
    @CsvSource({"proxy, http://proxy:3128", "base, https://gateway.example.org"})
    void aDetourIsNotGreeted(String fact, String address) {
        fixture.auth().sees("auth", fact, address);

        assertThat(lines()).anyMatch(line -> line.startsWith("skip  TLS to the API: requests go by way of a proxy"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"auth", "tester"})
    void aMountOfADirectoryThatWasReplacedFails(String who) {
        fixture.auth().agent("tester").sees(who, "digest", "4711");

        assertThat(lines())
                .contains("FAIL  " + (who.equals("auth") ? "login mount" : "agent tester")
                        + ": sees another login at /claude-fleet/login/.credentials.json than the one in "
                        + (who.equals("auth") ? host.login : host.forAgents.getParent())
                        + ": the directory was replaced, or named anew, after the container was started"
                        + " -> mvn claude-fleet:stop claude-fleet:start")
                .filteredOn(line -> line.startsWith("FAIL"))
                .hasSize(1);
    }

    @Test
    void anAgentThatSeesTheWholeLoginFails() {
        fixture.agent("tester").sees("tester", "digest", DoctorFixture.LOGIN_DIGEST);

        assertThat(lines()).anyMatch(line -> line.startsWith("FAIL  agent tester: sees another login"));
    }

    @Test
    void anAgentOfALoginDirectoryThatANewOneReplacedFails() throws IOException {
        Files.delete(host.forAgents);
        fixture.agent("tester");

        assertThat(lines()).anyMatch(line -> line.startsWith("FAIL  agent tester: sees another login"));
    }

    @Test
    void anAgentWithTheTokenBeforeTheLastRenewalIsWarnedOf() throws IOException {
        Files.writeString(host.credentials, HostFixture.LOGIN.replace("invented", "renewed"));
        fixture.agent("tester");

        assertThat(lines())
                .contains("warn  agent tester: sees an older access token than the one in " + host.login
                        + ": no keeper has copied the login for agents"
                        + " -> mvn claude-fleet:auth, which starts the keeper");
    }

    @Test
    void aMountIsNotComparedWhereThereIsNothingToCompare() throws IOException {
        Files.delete(host.credentials);
        fixture.auth();

        assertThat(lines()).noneMatch(line -> line.contains("login mount"));
    }

    @Test
    void anAgentThatCannotReadTheLoginFails() {
        fixture.agent("tester")
                .sees("tester", "credentialReadable", "no")
                .sees("tester", "digest", "")
                .sees("tester", "credentialListing", "Permission denied");

        assertThat(lines())
                .contains("FAIL  agent tester: user 1000:1000 can't read the login: Permission denied"
                        + " -> mvn claude-fleet:stop claude-fleet:start; see the login directory above");
    }

    @Test
    void anAgentOfAnotherServiceNeedsNoLogin() {
        fixture.providerAgent("tester").sees("tester", "credentialReadable", "no");

        assertThat(lines()).anyMatch(line -> line.startsWith("pass  agent tester: has no login of the fleet's"));
    }

    @Test
    void anAgentThatCannotWriteItsConfigurationFails() {
        fixture.agent("tester").sees("tester", "configWritable", "no");

        assertThat(lines())
                .contains("FAIL  agent tester: CLAUDE_CONFIG_DIR=/home/agent/.claude can't be written by user"
                        + " 1000:1000 -> give the image the label io.github.claudefleet.home");
    }

    @Test
    void anAgentThatCanWriteTheSharedLoginIsWarnedOf() {
        fixture.agent("tester").sees("tester", "loginWritable", "yes");

        assertThat(lines())
                .contains("warn  agent tester: can write the shared login at /claude-fleet/login/.credentials.json"
                        + " -> set sharing to login, so that no agent can destroy it");
    }

    @Test
    void whoChoseToShareEverythingIsNotWarned() {
        fixture.sharingAgent("tester").sees("tester", "loginWritable", "yes");

        assertThat(lines()).contains(PASSING);
    }

    @Test
    void aContainerThatGoesMeanwhileHidesNoOther() {
        fixture.auth().agent("gone").agent("tester").goes("auth").goes("gone");

        assertThat(lines())
                .containsExactly(
                        "FAIL  inside the auth container: exec in container c-auth: no such container"
                                + " -> run doctor again",
                        "skip  agent gone: its container ended during the check",
                        PASSING);
    }

    @Test
    void anAgentMayEndDuringItsCheck() {
        fixture.agent("tester").agent("worker").endsWhenAsked("worker");

        assertThat(lines()).contains(PASSING).endsWith("skip  agent worker: its container ended during the check");
    }

    @Test
    void aContainerWithoutAShellIsNotTakenForOneWithoutALogin() {
        fixture.agent("bare").agent("tester").hasNoShell("bare");

        assertThat(lines())
                .endsWith(
                        "FAIL  agent bare: run /bin/sh in container claude-fleet-shop-c0ffee00-bare: no such file"
                                + " -> run doctor again",
                        PASSING);
    }

    @Test
    void anAgentsFenceIsAFindingOfItsOwn() {
        fixture.agent("tester").sees("tester", "fenced", "yes");

        assertThat(lines()).endsWith(PASSING, "pass  fence of agent tester: reaches others through the gateway alone");
    }

    @Test
    void aWayAroundTheGatewayFails() {
        fixture.agent("tester")
                .sees("tester", "fenced", "yes")
                .sees("tester", "fenceFaults", "lets through a direct connection to 192.0.2.1:443; ");

        assertThat(lines())
                .contains("FAIL  fence of agent tester: lets through a direct connection to 192.0.2.1:443;"
                        + " -> mvn claude-fleet:stop claude-fleet:start");
    }

    @Test
    void anAgentWithoutAGatewayHasNoFence() {
        fixture.agent("tester");

        assertThat(lines()).contains(PASSING).noneMatch(line -> line.contains("fence"));
    }

    @Test
    void aPlaceholderIsNotTakenForAnotherLogin() {
        fixture.agent("tester")
                .sees("tester", "fenced", "yes")
                .sees("tester", "placeholder", "yes")
                .sees("tester", "credential", "/claude-fleet/kit/placeholder/.credentials.json")
                .sees("tester", "digest", "00ff");

        assertThat(lines())
                .contains("pass  agent tester: has a placeholder, and its gateway the credential,"
                        + " CLAUDE_CONFIG_DIR=/home/agent/.claude");
    }

    private List<String> lines() {
        return new ContainerChecks(fixture.engine, host.fleet().toSpec().login(), DoctorFixture.CLOCK)
                .run(fixture.observed()).stream().map(Finding::text).toList();
    }
}
