package io.github.claudefleet.doctor;

import io.github.claudefleet.claude.FakeCli;
import io.github.claudefleet.engine.ContainerObservation;
import io.github.claudefleet.engine.ContainerState;
import io.github.claudefleet.engine.ExecRequest;
import io.github.claudefleet.engine.ExecResult;
import io.github.claudefleet.engine.FakeEngine;
import io.github.claudefleet.plan.ObservedFleet;
import io.github.claudefleet.spec.Labels;
import io.github.claudefleet.spec.Sha256;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** Containers of a fleet for the doctor: all are healthy, except for changes by a test. */
final class DoctorFixture {

    /** Digest of the login of {@link HostFixture}. */
    static final String LOGIN_DIGEST =
            new Sha256().add(HostFixture.LOGIN.getBytes(StandardCharsets.UTF_8)).hex();

    /** Digest of the login that its agents see. */
    static final String AGENTS_DIGEST = new Sha256()
            .add(HostFixture.FOR_AGENTS.getBytes(StandardCharsets.UTF_8))
            .hex();

    static final InstantSource CLOCK = InstantSource.fixed(FakeEngine.STARTED);

    private static final ExecResult KILLED = new ExecResult(137, "", "");
    private static final ExecResult NO_SHELL = new ExecResult(126, "", "no such file");

    final FakeEngine engine = new FakeEngine().image("acme/agent:1", Map.of());
    private final FakeCli cli = new FakeCli(engine).keeperSays("doing=keeping\nnow=1000\n");
    private final List<ContainerObservation> containers = new ArrayList<>();
    private final Map<String, Map<String, String>> facts = new TreeMap<>();
    private final Set<String> ending = new HashSet<>();
    private String tls = "ok";

    DoctorFixture() {
        engine.program(this::answer);
    }

    DoctorFixture auth() {
        return auth(ContainerState.RUNNING);
    }

    DoctorFixture auth(ContainerState state) {
        return add("auth", Map.of(Labels.ROLE, "auth"), state);
    }

    DoctorFixture agent(String name) {
        return agent(name, ContainerState.RUNNING);
    }

    DoctorFixture agent(String name, ContainerState state) {
        return add(
                name,
                Map.of(Labels.ROLE, "agent", Labels.AGENT, name, Labels.LOGIN, "login", Labels.SHARING, "login"),
                state);
    }

    /** Adds an agent of another service, which does not have the fleet's login. */
    DoctorFixture providerAgent(String name) {
        return add(
                name,
                Map.of(Labels.ROLE, "agent", Labels.AGENT, name, Labels.LOGIN, "provider", Labels.SHARING, "login"),
                ContainerState.RUNNING);
    }

    /** Adds an agent with which everything is shared by configuration. */
    DoctorFixture sharingAgent(String name) {
        return add(
                name,
                Map.of(Labels.ROLE, "agent", Labels.AGENT, name, Labels.LOGIN, "login", Labels.SHARING, "all"),
                ContainerState.RUNNING);
    }

    /** Sets a fact that a container reports about itself. */
    DoctorFixture sees(String container, String fact, Object value) {
        facts.get("c-" + container).put(fact, String.valueOf(value));
        return this;
    }

    DoctorFixture hasNoShell(String container) {
        facts.remove("c-" + container);
        return this;
    }

    /** Removes a container after it was observed on the engine. */
    DoctorFixture goes(String container) {
        engine.containers().remove("c-" + container);
        engine.forget();
        return this;
    }

    /** Lets a container end while a command runs in it. */
    DoctorFixture endsWhenAsked(String container) {
        ending.add("c-" + container);
        return this;
    }

    /** Sets the result of a TLS handshake with the API. */
    DoctorFixture tls(String said) {
        tls = said;
        return this;
    }

    /** Sets the keeper's state file. */
    DoctorFixture keeper(String state) {
        cli.keeperSays(state);
        return this;
    }

    /** Sets the CLI's output for a request. */
    DoctorFixture replies(String text) {
        cli.answers(said(text));
        return this;
    }

    /** Sets the CLI's login status. */
    DoctorFixture status(String json) {
        cli.reports(json);
        return this;
    }

    ObservedFleet observed() {
        return new ObservedFleet(containers, List.of(), List.of());
    }

    private DoctorFixture add(String name, Map<String, String> labels, ContainerState state) {
        ContainerObservation container = new ContainerObservation(
                "c-" + name,
                "claude-fleet-shop-c0ffee00-" + name,
                labels,
                "acme/agent:1",
                "sha256:1",
                state,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                false);
        containers.add(container);
        engine.put(container);
        facts.put(container.id(), healthy());
        if (labels.containsKey(Labels.AGENT) && "login".equals(labels.get(Labels.SHARING))) {
            sees(name, "digest", AGENTS_DIGEST);
        }
        return this;
    }

    private static Map<String, String> healthy() {
        Map<String, String> facts = new TreeMap<>();
        facts.put("user", "1000:1000");
        facts.put("configDirectory", "/home/agent/.claude");
        facts.put("credential", "/claude-fleet/login/.credentials.json");
        facts.put("digest", LOGIN_DIGEST);
        facts.put("credentialReadable", "yes");
        facts.put("loginWritable", "no");
        facts.put("configWritable", "yes");
        facts.put("cli", FakeCli.VERSION + " (Claude Code)");
        facts.put("time", String.valueOf(FakeEngine.STARTED.getEpochSecond()));
        facts.put("address", "192.0.2.7 api.anthropic.com");
        facts.put("freeKilobytes", String.valueOf(40L << 20));
        return facts;
    }

    private ExecResult answer(ExecRequest request) {
        String command = String.join(" ", request.command());
        if (command.contains("say user")) {
            return inside(request.containerId());
        }
        if (command.endsWith("tls.sh api.anthropic.com")) {
            return said(tls + "\n");
        }
        return cli.answer(request);
    }

    private ExecResult inside(String containerId) {
        if (ending.contains(containerId)) {
            engine.containers().stop(containerId, Duration.ZERO);
            return KILLED;
        }
        if (!facts.containsKey(containerId)) {
            return NO_SHELL;
        }
        StringBuilder text = new StringBuilder();
        facts.get(containerId)
                .forEach((fact, value) ->
                        text.append(fact).append('=').append(value).append('\n'));
        return said(text.toString());
    }

    private static ExecResult said(String output) {
        return new ExecResult(0, output, "");
    }
}
