package io.github.claudefleet.console;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.claudefleet.engine.EngineInfo;
import io.github.claudefleet.engine.ImageObservation;
import io.github.claudefleet.fleet.FleetListeners;
import io.github.claudefleet.plan.AgentState;
import io.github.claudefleet.plan.ImageTarget;
import io.github.claudefleet.plan.ObservedFleet;
import io.github.claudefleet.plan.Plan;
import io.github.claudefleet.plan.Planner;
import io.github.claudefleet.plan.ResolvedFixture;
import io.github.claudefleet.spec.AgentName;
import io.github.claudefleet.spec.ContainerUser;
import io.github.claudefleet.spec.EgressRule;
import io.github.claudefleet.spec.EgressUse;
import io.github.claudefleet.spec.FleetName;
import io.github.claudefleet.spec.FleetSpec;
import io.github.claudefleet.spec.IdentitySource;
import io.github.claudefleet.spec.LoginMode;
import io.github.claudefleet.spec.Secret;
import io.github.claudefleet.spec.Shop;
import io.github.claudefleet.spec.TaskId;
import io.github.claudefleet.spec.Usd;
import io.github.claudefleet.supervise.AgentActivity;
import io.github.claudefleet.task.FleetReport;
import io.github.claudefleet.task.Outcome;
import io.github.claudefleet.tasksource.TaskSourceListener;
import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.Method;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Checks the wording of every log line against the golden file console.txt. */
class ConsoleListenersTest {

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
        tellTheHosts();
        tellTheComparisonAndTheTrace();
        tellTheEnd();

        assertThat(text).hasToString(golden());
        assertThat(told).as("the facts that this test tells").containsAll(facts());
    }

    /** Returns the names of all events: of all listeners' interfaces, and of the goals' own messages. */
    private static List<String> facts() {
        Stream<Class<?>> listeners =
                Arrays.stream(FleetListeners.class.getDeclaredMethods()).map(Method::getReturnType);
        return Stream.concat(listeners, Stream.of(TaskSourceListener.class, GoalMessages.class))
                .flatMap(listener -> Arrays.stream(listener.getDeclaredMethods()))
                .filter(method -> method.getReturnType() == void.class && !method.isSynthetic())
                .map(Method::getName)
                .toList();
    }

    private void tellTheEngineAndTheImage() {
        tell(
                "engine",
                console -> console.fleet()
                        .engine(new EngineInfo("unix:///var/run/docker.sock", "20.10", "1.41", 2, 8L << 30)));
        tell(
                "rehearsal",
                console -> console.fleet()
                        .rehearsal(Path.of("/home/ann/shop/src/fleet"), new TreeSet<>(Set.of("tester", "fixer"))));
        tell("rehearsal", console -> console.fleet().rehearsal(Path.of("/home/ann/shop/src/fleet"), new TreeSet<>()));
        tell("standInCameBack", console -> console.fleet().standInCameBack());
        tell("standInLost", console -> console.fleet().standInLost("The gateway is not at work."));
        tell("dryRun", console -> console.fleet().dryRun(SHOP, plan()));
        tell("dryRun", console -> console.fleet().dryRun(SHOP, Plan.NOTHING));
        tell("imageBegun", console -> console.images().imageBegun(pull()));
        tell("imageProgress", console -> console.images().imageProgress("Pulling from acme/agent"));
        tell(
                "imageAt",
                console -> console.images().imageAt("acme/agent:1", "3 of 7 layers, 45 of 120 MB", FOUR_SECONDS));
        tell("imageReady", console -> console.images().imageReady("acme/agent:1", Duration.ofSeconds(95)));
    }

    private void tellTheLogin() {
        tell(
                "loginChosen",
                console ->
                        console.fleetLogin().loginChosen(Shop.fleet().toSpec().login()));
        FleetSpec withKey = Shop.fleet()
                .credential(LoginMode.API_KEY, Shop.credential("hush"))
                .toSpec();
        tell("loginChosen", console -> console.fleetLogin().loginChosen(withKey.login()));
        tell(
                "loginChosen",
                console -> console.fleetLogin()
                        .loginChosen(Shop.fleet().provider().toSpec().login()));
        tell("loginChosen", console -> console.fleetLogin().loginChosen(Shop.login(Shop.federation())));
        tell(
                "loginChosen",
                console -> console.fleetLogin()
                        .loginChosen(Shop.login(Shop.federation(
                                new IdentitySource.GitHubEndpoint("https://oidc.example.org", Secret.of("job"))))));
        tell("loginNotSeparable", console -> console.fleetLogin().loginNotSeparable("acme/agent:1"));
        tell(
                "personalLoginDirectory",
                console -> console.preconditions().personalLoginDirectory(Path.of("/home/ann/.claude")));
        tell(
                "loginWithinWorkspace",
                console -> console.preconditions()
                        .loginWithinWorkspace(Path.of("/home/ann/shop/login"), new AgentName("tester")));
        tell("provingLogin", console -> console.login().provingLogin());
        tell("loginProved", console -> console.login().loginProved("claude.ai", Duration.ofMillis(1300)));
        tell("loginRemembered", console -> console.login().loginRemembered("claude.ai", Duration.ofMinutes(3)));
        tell("loginMethod", console -> console.fleetLogin().loginMethod("claude.ai"));
        tell("loginEndsSoon", console -> console.login().loginEndsSoon("2026-11-26 18:30 CET (in 2d 3h)"));
        tell(
                "waitingForQuota",
                console -> console.login()
                        .waitingForQuota(
                                "out of quota (the login itself is fine)", "until 2026-11-24 18:30 CET (in 3h)"));
        tell(
                "waitingForLogin",
                console -> console.login().waitingForLogin("no login", "Sign in once.", Duration.ofMinutes(5)));
        tell("signedIn", console -> console.login().signedIn());
        tell(
                "signInWaits",
                console -> console.login()
                        .signInWaits(
                                "https://claude.ai/oauth/authorize?z",
                                "mvn claude-fleet:auth …",
                                Duration.ofMinutes(15)));
        tell("signInRefused", console -> console.login().signInRefused("Couldn't log in: That code wasn't accepted."));
        tell("wouldLogOut", console -> console.fleetLogin().wouldLogOut(Shop.LOGIN_DIRECTORY));
        tell("loggedOut", console -> console.fleetLogin().loggedOut(Shop.LOGIN_DIRECTORY));
        tell("nothingToLogOut", console -> console.fleetLogin().nothingToLogOut(Shop.LOGIN_DIRECTORY));
    }

    private void tellTheFleet() {
        plan().steps()
                .forEach(step ->
                        tell("executed", console -> console.converge().executed(step, Duration.ofMillis(310))));
        tell("agentReady", console -> console.fleet().agentReady(new AgentName("tester"), AgentState.WORKING));
        tell("fleetReady", console -> console.fleet().fleetReady(SHOP, 3, true, FOUR_SECONDS));
        tell("fleetReady", console -> console.fleet().fleetReady(SHOP, 1, false, FOUR_SECONDS));
        tell(
                "cancelled",
                console -> console.goals()
                        .cancelled(List.of(ShutdownStep.TAKE_BACK, ShutdownStep.END_FLEET), Duration.ofSeconds(200)));
        tell("rolledBack", console -> console.converge().rolledBack(2));
        tell(
                "rollbackFailed",
                console -> console.converge().rollbackFailed("network claude-fleet-shop-c0ffee00", "it is in use"));
    }

    private void tellTheWork() {
        AgentName reviewer = new AgentName("reviewer");
        AgentName fixer = new AgentName("fixer-2");
        TaskId review = TaskId.of(reviewer);
        TaskId fix = TaskId.parse("fixer/03-parser");
        Usd cost = new Usd(new BigDecimal("1.5"));
        tell(
                "integrated",
                console -> console.workspaces().integrated(fixer, "branch claude-fleet/shop/fixer-2 (2 commits)", 3));
        tell("notMerged", console -> console.workspaces().notMerged(fixer, "it conflicts in App.java."));
        tell(
                "integrationFailed",
                console -> console.workspaces().integrationFailed(fixer, "permission denied (/home/ann/x)"));
        tell(
                "repositoryHidden",
                console -> console.preconditions()
                        .repositoryHidden(Path.of("/home/ann/.m2/repository/org"), ContainerUser.FOR_ROOT));
        tell(
                "commandSentAsText",
                console -> console.preconditions()
                        .commandSentAsText(review, "/zig", Path.of("/shop/.claude/commands/zig.md")));
        tell("commandMakesNoRequest", console -> console.preconditions().commandMakesNoRequest(fix, "/help"));
        tell(
                "broadRule",
                console -> console.preconditions().broadRule(new AgentName("tester"), EgressRule.parse("*.org")));
        tell("copiesInstead", console -> console.workspaces().copiesInstead(Path.of("/home/shop")));
        tell(
                "gitIsLimited",
                console -> console.workspaces()
                        .gitIsLimited("the git directory of /home/shop consists of symbolic links"));
        tell("startsFrom", console -> console.workspaces().startsFrom(fixer, "worktree", "1a2b3c4d5e6f (main)"));
        tell(
                "autoExecutedFilesChanged",
                console -> console.workspaces().autoExecutedFilesChanged(List.of(Path.of("/home/shop/mvnw"))));
        tell("noWorkspaces", console -> console.goals().noWorkspaces(SHOP));
        tell("merged", console -> console.goals().merged(fixer, true));
        tell("merged", console -> console.goals().merged(fixer, false));
        tell("notChosen", console -> console.goals().notChosen(fixer, "branch claude-fleet/shop/fixer-2 (1 commit)"));
        tell("workspaceRemoved", console -> console.goals().workspaceRemoved(fixer, List.of()));
        tell(
                "workspaceRemoved",
                console -> console.goals()
                        .workspaceRemoved(fixer, List.of("claude-fleet/shop/fixer-2", "claude-fleet/shop/fixer-2@1")));
        tell(
                "changesNeedReview",
                console -> console.workspaces().changesNeedReview(fixer, "look at mvnw before you use it"));
        tell("tasksFound", console -> console.tasks().tasksFound(fixer, "the test reports", 1, 0));
        tell("tasksFound", console -> console.tasks().tasksFound(fixer, "the test reports", 20, 392));
        tell("noTasksFound", console -> console.tasks().noTasksFound(fixer, "no file matches src/**/*.kt"));
        tell("nothingToRun", console -> console.goals().nothingToRun(SHOP));
        tell("nothingToAwait", console -> console.fleet().nothingToAwait(SHOP));
        tell("awaiting", console -> console.supervision().awaiting(SHOP, 41, 5));
        tell(
                "costOfToday",
                console -> console.supervision().costOfToday(Usd.parse("cost", "1.20"), Usd.parse("most", "5")));
        tell("taskBegan", console -> console.supervision().taskBegan(review, reviewer, 1));
        tell("taskBegan", console -> console.supervision().taskBegan(fix, fixer, 2));
        AgentActivity fixing = new AgentActivity(fix, fixer, "Edit src/Parser.java", 7, FOUR_SECONDS);
        AgentActivity reviewing = new AgentActivity(review, reviewer, "", 0, FOUR_SECONDS);
        tell("activity", console -> console.supervision().activity(List.of(fixing, reviewing), 3, 41, cost));
        tell("activityEnded", console -> console.supervision().activityEnded());
        tell("taskStopping", console -> console.supervision().taskStopping(fix, fixer, "it said nothing for 15m"));
        tell(
                "taskRetried",
                console -> console.supervision().taskRetried(fix, Outcome.FAILED, "API Error: 529 Overloaded"));
        String failure = "the check ended with status 1: 2 tests failed";
        tell("roundBegins", console -> console.supervision().roundBegins(fix, 2, 3, failure));
        tell("taskEnded", console -> console.supervision().taskEnded(review, Outcome.DONE, "", cost, FOUR_SECONDS));
        tell(
                "taskEnded",
                console -> console.supervision().taskEnded(fix, Outcome.CHECK_FAILED, "status 1", cost, FOUR_SECONDS));
        tell(
                "taskEnded",
                console ->
                        console.supervision().taskEnded(fix, Outcome.NOT_STARTED, "no agent", Usd.ZERO, Duration.ZERO));
        tell("engineAway", console -> console.supervision().engineAway(Duration.ofMinutes(5)));
        tell("engineBack", console -> console.supervision().engineBack(Duration.ofSeconds(12)));
        tell("gatewayGone", console -> console.supervision().gatewayGone());
        tell("launchesHeld", console -> console.supervision().launchesHeld("14:05"));
        tell("allTasksEnded", console -> console.supervision().allTasksEnded(40, 41, cost, FOUR_SECONDS));
        tell(
                "judgesEarlierBuild",
                console -> console.goals().judgesEarlierBuild(SHOP, "2026-11-24 09:10 CET (3h ago)"));
        tell("verified", console -> console.goals().verified(SHOP, 2, 0));
        tell("verified", console -> console.goals().verified(SHOP, 2, 1));
        tell("verified", console -> console.goals().verified(SHOP, 0, 0));
        tell("onlyRehearsed", console -> console.goals().onlyRehearsed(new FleetName("shop-rehearsal")));
        tell("resultNotWritten", console -> console.fleet().resultNotWritten("report.html: permission denied"));
        tell("noCiSummary", console -> console.goals().noCiSummary("permission denied"));
    }

    private void tellTheHosts() {
        tell(
                "hostsAsked",
                console -> console.fleet()
                        .hostsAsked(List.of(
                                new EgressUse("tester", "github.com", 443, 0, 1, "not_allowed"),
                                new EgressUse("tester", "repo.example.org", 8443, 0, 3, "port"),
                                new EgressUse("tester", "api.anthropic.com", 443, 0, 2, "models"),
                                new EgressUse("tester", "api.anthropic.com", 443, 7, 0, ""))));
        tell("hostsAsked", console -> console.fleet().hostsAsked(List.of()));
        tell(
                "hostsUnknown",
                console -> console.fleet().hostsUnknown("read the log of container 0123: no such container"));
    }

    private void tellTheComparisonAndTheTrace() {
        String reason = "/ci/fleet.json is not there";
        tell("notCompared", console -> console.fleet().notCompared(reason));
        tell("notCompared", console -> console.goals().notCompared(reason));
        tell("notTraced", console -> console.goals().notTraced("http://collector:4318/v1/traces: refused"));
        FleetReport report = new FleetReport(SHOP, Instant.EPOCH, Optional.empty(), Optional.empty(), List.of());
        tell("runEnded", console -> console.runs().runEnded(Shop.idOf("shop"), report, List.of()));
    }

    private void tellTheEnd() {
        tell("stopped", console -> console.fleet().stopped(SHOP, 4, FOUR_SECONDS));
        tell("nothingToStop", console -> console.fleet().nothingToStop(SHOP, List.of()));
        tell(
                "nothingToStop",
                console -> console.fleet()
                        .nothingToStop(SHOP, List.of("a (/home/ann/a, detached)", "b (/home/bob/b, detached)")));
        tell("joinsDetached", console -> console.fleet().joinsDetached(SHOP));
        tell("outlivesForSignIn", console -> console.fleet().outlivesForSignIn(SHOP));
        tell("endsWithBuild", console -> console.fleet().endsWithBuild(SHOP));
        tell(
                "notEndedWithBuild",
                console -> console.goals().notEndedWithBuild("stop container 0123: no answer within 60s"));
        tell(
                "noWatchdog",
                console ->
                        console.goals().noWatchdog("no watchdog for this build: error=2, No such file or directory"));
        String dead = "shop (/home/ann/shop, of the build with process id 4711, which is over)";
        tell("orphanRemoved", console -> console.fleet().orphanRemoved(dead, 3));
        tell(
                "orphanNotRemoved",
                console -> console.fleet().orphanNotRemoved(dead, "remove network claude-fleet-shop: it is in use"));
        tell("table", console -> console.output().table(List.of("AGENT  STATE", "a      ready")));
        tell("agentLine", console -> console.output().agentLine("a", 6, "hello"));
        tell("agentLine", console -> console.output().agentLine("tester", 6, ""));
        tell("wrote", console -> console.output().wrote(Path.of("target/status.json")));
    }

    private void tell(String fact, Consumer<ConsoleListeners> telling) {
        lines.forget();
        telling.accept(new ConsoleListeners(lines));
        told.add(fact);
        text.append("# ").append(fact).append('\n').append(lines.text());
    }

    private static Plan plan() {
        FleetSpec spec = Shop.fleet("tester").toSpec();
        ImageTarget target = new ImageTarget("acme/agent:1", spec.image());
        ImageObservation image = new ImageObservation("sha256:1", Map.of());
        return new Planner().auth(ResolvedFixture.of(spec, target, image, ObservedFleet.NOTHING));
    }

    private static Plan.Step pull() {
        FleetSpec spec = Shop.fleet().toSpec();
        return new Planner()
                .image(new ImageTarget("acme/agent:1", spec.image()), Optional.empty())
                .steps()
                .get(0);
    }

    private static String golden() throws IOException {
        try (InputStream in = ConsoleListenersTest.class.getResourceAsStream("console.txt")) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
