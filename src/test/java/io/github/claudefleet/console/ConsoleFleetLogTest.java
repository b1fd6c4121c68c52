package io.github.claudefleet.console;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.claudefleet.engine.EngineInfo;
import io.github.claudefleet.engine.ImageObservation;
import io.github.claudefleet.plan.AgentState;
import io.github.claudefleet.plan.ImageTarget;
import io.github.claudefleet.plan.ObservedFleet;
import io.github.claudefleet.plan.Plan;
import io.github.claudefleet.plan.Planner;
import io.github.claudefleet.plan.ResolvedFleet;
import io.github.claudefleet.spec.AgentName;
import io.github.claudefleet.spec.ContainerUser;
import io.github.claudefleet.spec.FleetName;
import io.github.claudefleet.spec.FleetSpec;
import io.github.claudefleet.spec.LoginMode;
import io.github.claudefleet.spec.Shop;
import io.github.claudefleet.spec.TaskId;
import io.github.claudefleet.spec.Usd;
import java.io.IOException;
import java.io.InputStream;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/** Checks the wording of every log line against the golden file console.txt. */
class ConsoleFleetLogTest {

    private static final FleetName SHOP = new FleetName("shop");
    private static final Duration FOUR_SECONDS = Duration.ofMillis(4200);

    private final RecordedLines lines = new RecordedLines();
    private final List<String> told = new ArrayList<>();
    private final StringBuilder text = new StringBuilder();

    @Test
    void everyFactIsWordedAsInTheGoldenFile() throws IOException {
        tellTheEngineAndTheImage();
        tellTheLogin();
        tellTheFleet();
        tellTheWork();
        tellTheEnd();

        assertThat(text).hasToString(golden());
        assertThat(told)
                .as("the facts that this test tells")
                .containsAll(Arrays.stream(FleetLog.class.getMethods())
                        .filter(method -> method.getReturnType() == void.class)
                        .map(method -> method.getName())
                        .toList());
    }

    private void tellTheEngineAndTheImage() {
        tell("engine", log -> log.engine(new EngineInfo("unix:///var/run/docker.sock", "20.10", "1.41", 2, 8L << 30)));
        tell("dryRun", log -> log.dryRun(SHOP, plan()));
        tell("dryRun", log -> log.dryRun(SHOP, Plan.NOTHING));
        tell("imageBegun", log -> log.imageBegun(pull()));
        tell("imageProgress", log -> log.imageProgress("Pulling from acme/agent"));
        tell("imageAt", log -> log.imageAt("acme/agent:1", "3 of 7 layers, 45 of 120 MB", FOUR_SECONDS));
        tell("imageReady", log -> log.imageReady("acme/agent:1", Duration.ofSeconds(95)));
    }

    private void tellTheLogin() {
        tell("loginChosen", log -> log.loginChosen(Shop.fleet().toSpec().login()));
        FleetSpec withKey = Shop.fleet()
                .credential(LoginMode.API_KEY, Shop.credential("hush"))
                .toSpec();
        tell("loginChosen", log -> log.loginChosen(withKey.login()));
        tell(
                "loginChosen",
                log -> log.loginChosen(Shop.fleet().provider().toSpec().login()));
        tell("loginNotSeparable", log -> log.loginNotSeparable("acme/agent:1"));
        tell("personalLoginDirectory", log -> log.personalLoginDirectory(Path.of("/home/ann/.claude")));
        tell(
                "loginWithinWorkspace",
                log -> log.loginWithinWorkspace(Path.of("/home/ann/shop/login"), new AgentName("tester")));
        tell("proving", FleetLog::proving);
        tell("loginProved", log -> log.loginProved("claude.ai", Duration.ofMillis(1300)));
        tell("loginRemembered", log -> log.loginRemembered("claude.ai", Duration.ofMinutes(3)));
        tell("loginMethod", log -> log.loginMethod("claude.ai"));
        tell("loginEndsSoon", log -> log.loginEndsSoon("2026-11-26 18:30 CET (in 2d 3h)"));
        tell(
                "waitingForQuota",
                log -> log.waitingForQuota(
                        "out of quota (the login itself is fine)", "until 2026-11-24 18:30 CET (in 3h)"));
        tell("waitingForLogin", log -> log.waitingForLogin("no login", "Sign in once.", Duration.ofMinutes(5)));
        tell("signedIn", FleetLog::signedIn);
        tell(
                "signInWaits",
                log -> log.signInWaits(
                        "https://claude.ai/oauth/authorize?z", "mvn claude-fleet:auth …", Duration.ofMinutes(15)));
        tell("signInRefused", log -> log.signInRefused("Couldn't log in: That code wasn't accepted."));
        tell("wouldLogOut", log -> log.wouldLogOut(Shop.LOGIN_DIRECTORY));
        tell("loggedOut", log -> log.loggedOut(Shop.LOGIN_DIRECTORY));
        tell("nothingToLogOut", log -> log.nothingToLogOut(Shop.LOGIN_DIRECTORY));
    }

    private void tellTheFleet() {
        plan().steps().forEach(step -> tell("done", log -> log.done(step, Duration.ofMillis(310))));
        tell("agentReady", log -> log.agentReady(new AgentName("tester"), AgentState.WORKING));
        tell("fleetUp", log -> log.fleetUp(SHOP, 3, true, FOUR_SECONDS));
        tell("fleetUp", log -> log.fleetUp(SHOP, 1, false, FOUR_SECONDS));
        tell(
                "cancelled",
                log -> log.cancelled(List.of(ShutdownStep.TAKE_BACK, ShutdownStep.END_FLEET), Duration.ofSeconds(200)));
        tell("rolledBack", log -> log.rolledBack(2));
        tell("rollbackFailed", log -> log.rollbackFailed("network claude-fleet-shop-c0ffee00", "it is in use"));
    }

    private void tellTheWork() {
        AgentName reviewer = new AgentName("reviewer");
        AgentName fixer = new AgentName("fixer-2");
        TaskId review = TaskId.of(reviewer);
        TaskId fix = TaskId.parse("fixer/03-parser");
        Usd cost = new Usd(new BigDecimal("1.5"));
        tell("integrated", log -> log.integrated(fixer, "branch claude-fleet/shop/fixer-2 (2 commits)", 3));
        tell("notMerged", log -> log.notMerged(fixer, "it conflicts in App.java."));
        tell("integrationFailed", log -> log.integrationFailed(fixer, "permission denied (/home/ann/x)"));
        tell(
                "repositoryHidden",
                log -> log.repositoryHidden(Path.of("/home/ann/.m2/repository/org"), ContainerUser.FOR_ROOT));
        tell(
                "commandSentAsText",
                log -> log.commandSentAsText(review, "/zig", Path.of("/shop/.claude/commands/zig.md")));
        tell("commandAsksNothing", log -> log.commandAsksNothing(fix, "/help"));
        tell("copiesInstead", log -> log.copiesInstead(Path.of("/home/shop")));
        tell("gitIsLimited", log -> log.gitIsLimited("the git directory of /home/shop consists of symbolic links"));
        tell("startsFrom", log -> log.startsFrom(fixer, "worktree", "1a2b3c4d5e6f (main)"));
        tell("trapsChanged", log -> log.trapsChanged(List.of(Path.of("/home/shop/mvnw"))));
        tell("noWorkspaces", log -> log.noWorkspaces(SHOP));
        tell("taken", log -> log.taken(fixer, true));
        tell("taken", log -> log.taken(fixer, false));
        tell("cleaned", log -> log.cleaned(fixer, List.of()));
        tell("cleaned", log -> log.cleaned(fixer, List.of("claude-fleet/shop/fixer-2", "claude-fleet/shop/fixer-2@1")));
        tell("changesNeedALook", log -> log.changesNeedALook(fixer, "look at mvnw before you use it"));
        tell("nothingToAwait", log -> log.nothingToAwait(SHOP));
        tell("awaiting", log -> log.awaiting(SHOP, 41, 5));
        tell("taskBegan", log -> log.taskBegan(review, reviewer, 1));
        tell("taskBegan", log -> log.taskBegan(fix, fixer, 2));
        AgentActivity fixing = new AgentActivity(fix, fixer, "Edit src/Parser.java", 7, FOUR_SECONDS);
        AgentActivity reviewing = new AgentActivity(review, reviewer, "", 0, FOUR_SECONDS);
        tell("atWork", log -> log.atWork(List.of(fixing, reviewing), 3, 41, cost));
        tell("nobodyAtWork", FleetLog::nobodyAtWork);
        tell("taskStopping", log -> log.taskStopping(fix, fixer, "it said nothing for 15m"));
        tell("taskRepeats", log -> log.taskRepeats(fix, "failed", "API Error: 529 Overloaded"));
        tell("taskEnded", log -> log.taskEnded(review, true, "done", "", cost, FOUR_SECONDS));
        tell("taskEnded", log -> log.taskEnded(fix, false, "check failed", "status 1", cost, FOUR_SECONDS));
        tell("taskEnded", log -> log.taskEnded(fix, false, "not started", "no agent", Usd.ZERO, Duration.ZERO));
        tell("engineAway", log -> log.engineAway(Duration.ofMinutes(5)));
        tell("engineBack", log -> log.engineBack(Duration.ofSeconds(12)));
        tell("launchesHeld", log -> log.launchesHeld("14:05"));
        tell("workOver", log -> log.workOver(40, 41, cost, FOUR_SECONDS));
        tell("judgesEarlierBuild", log -> log.judgesEarlierBuild(SHOP, "2026-11-24 09:10 CET (3h ago)"));
        tell("verified", log -> log.verified(SHOP, 2, 0));
        tell("verified", log -> log.verified(SHOP, 2, 1));
        tell("verified", log -> log.verified(SHOP, 0, 0));
        tell("resultNotWritten", log -> log.resultNotWritten("report.html: permission denied"));
        tell("noCiSummary", log -> log.noCiSummary("permission denied"));
    }

    private void tellTheEnd() {
        tell("stopped", log -> log.stopped(SHOP, 4, FOUR_SECONDS));
        tell("nothingToStop", log -> log.nothingToStop(SHOP, List.of()));
        tell(
                "nothingToStop",
                log -> log.nothingToStop(SHOP, List.of("a (/home/ann/a, detached)", "b (/home/bob/b, detached)")));
        tell("joinsDetached", log -> log.joinsDetached(SHOP));
        tell("outlivesForSignIn", log -> log.outlivesForSignIn(SHOP));
        tell("endsWithBuild", log -> log.endsWithBuild(SHOP));
        tell("notEndedWithBuild", log -> log.notEndedWithBuild("stop container 0123: no answer within 60s"));
        tell("noWatchdog", log -> log.noWatchdog("no watchdog for this build: error=2, No such file or directory"));
        String dead = "shop (/home/ann/shop, of the build with process id 4711, which is over)";
        tell("cleanedUp", log -> log.cleanedUp(dead, 3));
        tell("notCleanedUp", log -> log.notCleanedUp(dead, "remove network claude-fleet-shop: it is in use"));
        tell("table", log -> log.table(List.of("AGENT  STATE", "a      ready")));
        tell("agentLine", log -> log.agentLine("a", 6, "hello"));
        tell("agentLine", log -> log.agentLine("tester", 6, ""));
        tell("wrote", log -> log.wrote(Path.of("target/status.json")));
    }

    private void tell(String fact, Consumer<FleetLog> telling) {
        lines.forget();
        telling.accept(new ConsoleFleetLog(lines));
        told.add(fact);
        text.append("# ").append(fact).append('\n').append(lines.text());
    }

    private static Plan plan() {
        FleetSpec spec = Shop.fleet("tester").toSpec();
        ImageTarget target = new ImageTarget("acme/agent:1", spec.image());
        ImageObservation image = new ImageObservation("sha256:1", Map.of());
        return new Planner().auth(new ResolvedFleet(spec, target, image, ObservedFleet.NOTHING));
    }

    private static Plan.Step pull() {
        FleetSpec spec = Shop.fleet().toSpec();
        return new Planner()
                .image(new ImageTarget("acme/agent:1", spec.image()), Optional.empty())
                .steps()
                .get(0);
    }

    private static String golden() throws IOException {
        try (InputStream in = ConsoleFleetLogTest.class.getResourceAsStream("console.txt")) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
