package io.github.claudefleet.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.claudefleet.engine.EngineException;
import io.github.claudefleet.engine.EngineException.Kind;
import io.github.claudefleet.plan.ResourceDemand;
import io.github.claudefleet.plan.Role;
import io.github.claudefleet.spec.HomeDirectory;
import io.github.claudefleet.spec.MemorySize;
import io.github.claudefleet.spec.ResourceLimits.Least;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DoctorTest {

    private static final ResourceDemand NOTHING = new ResourceDemand(List.of(), List.of(), List.of(), false);

    @TempDir
    private Path folder;

    private HostFixture host;
    private final DoctorFixture fixture = new DoctorFixture();

    @BeforeEach
    void build() {
        host = new HostFixture(folder);
    }

    @Test
    void whatOthersStandOnComesFirst() {
        fixture.auth().agent("tester");

        assertThat(examine())
                .allSatisfy(finding -> assertThat(finding.outcome()).isEqualTo(Finding.Outcome.PASS))
                .extracting(Finding::check)
                .containsExactly(
                        "engine",
                        "memory",
                        "image",
                        "login directory",
                        "credentials file",
                        "refresh lock",
                        "workspace",
                        "workspace disk",
                        "proxy",
                        "claude",
                        "clock",
                        "name resolution",
                        "TLS to the API",
                        "disk",
                        "login mount",
                        "agent tester",
                        "keeper",
                        "login",
                        "other fleets",
                        "leftovers");
        assertThat(fixture.engine.changes()).isEmpty();
    }

    @Test
    void beforeThereIsAFleetWhatNeedsOneIsSkipped() {
        assertThat(examine())
                .filteredOn(finding -> finding.outcome() == Finding.Outcome.SKIPPED)
                .extracting(Finding::check)
                .containsExactly("inside the auth container", "login");
    }

    @Test
    void anAuthContainerThatGoesMeanwhileHidesNoOtherCheck() {
        fixture.auth().agent("tester").goes("auth");

        assertThat(examine())
                .filteredOn(finding -> finding.outcome() == Finding.Outcome.FAIL)
                .extracting(Finding::check)
                .containsExactly("inside the auth container", "keeper", "login");
        assertThat(examine())
                .extracting(Finding::check)
                .contains("agent tester")
                .endsWith("leftovers");
    }

    @Test
    void withoutAnEngineTheHostIsLookedAtAllTheSame() {
        EngineException reason = new EngineException(Kind.UNREACHABLE, "find an engine", "none", "Start Docker.", null);

        List<Finding> findings = doctor().examineWithoutEngine(reason);

        assertThat(findings)
                .startsWith(Finding.fail("engine", "find an engine: none", "Start Docker."))
                .extracting(Finding::check)
                .containsExactly(
                        "engine",
                        "login directory",
                        "credentials file",
                        "refresh lock",
                        "workspace",
                        "workspace disk",
                        "proxy");
    }

    @Test
    void whatIsStillToBeMadeIsHeldAgainstWhatThereIs() {
        Least large = new Least(new MemorySize(9L << 30), 64);
        ResourceDemand demand = new ResourceDemand(
                List.of(new ResourceDemand.Newcomer(Role.AGENT, large)),
                List.of("claude-fleet-shop-c0ffee00"),
                List.of(),
                false);

        List<Finding> findings = doctor().examine(
                        fixture.engine,
                        "acme/agent:1",
                        fixture.observed(),
                        demand,
                        List.of(),
                        LoginUsers.of(List.of()));

        assertThat(findings)
                .contains(Finding.fail(
                        "room in memory",
                        "1 agent with 9 GiB needs 9 GiB, and the engine has 8 GiB",
                        "give agents less (memory), have fewer (replicas)"))
                .extracting(Finding::check)
                .contains("room on the network");
    }

    @Test
    void asJsonAFindingHasWhatAScriptAsksFor() {
        assertThat(FindingsJson.of(List.of(
                        Finding.pass("engine", "20.10"),
                        Finding.skipped("disk", "no df"),
                        Finding.fail("login", "no \"login\"", "mvn claude-fleet:auth"))))
                .isEqualToNormalizingNewlines("""
                {
                  "schemaVersion" : 1,
                  "summary" : {
                    "pass" : 1,
                    "skipped" : 1,
                    "warn" : 0,
                    "fail" : 1
                  },
                  "findings" : [ {
                    "check" : "engine",
                    "outcome" : "pass",
                    "detail" : "20.10",
                    "remedy" : ""
                  }, {
                    "check" : "disk",
                    "outcome" : "skipped",
                    "detail" : "no df",
                    "remedy" : ""
                  }, {
                    "check" : "login",
                    "outcome" : "fail",
                    "detail" : "no \\"login\\"",
                    "remedy" : "mvn claude-fleet:auth"
                  } ]
                }
                """);
    }

    private List<Finding> examine() {
        return doctor().examine(
                        fixture.engine,
                        "acme/agent:1",
                        fixture.observed(),
                        NOTHING,
                        List.of(),
                        LoginUsers.of(List.of()));
    }

    private Doctor doctor() {
        return new Doctor(host.fleet().toSpec(), HomeDirectory.at(host.home), Map.of(), DoctorFixture.CLOCK);
    }
}
