package io.github.claudefleet.auth;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.claudefleet.claude.ClaudeCommands;
import io.github.claudefleet.claude.ClaudeEnvironment;
import io.github.claudefleet.claude.LoginStatusReader;
import io.github.claudefleet.engine.ContainerEngine;
import io.github.claudefleet.engine.EngineException;
import io.github.claudefleet.engine.ExecRequest;
import io.github.claudefleet.engine.ExecResult;
import io.github.claudefleet.engine.ExecSession;
import io.github.claudefleet.engine.Uninterruptibly;
import io.github.claudefleet.runtime.KitResources;
import io.github.claudefleet.spec.AgentExit;
import io.github.claudefleet.spec.ContainerPaths;
import io.github.claudefleet.spec.KeeperState;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Client of the auth container: reads its state and calls the CLI in it. */
public final class AuthContainer {

    private static final Duration LOOK_LIMIT = Duration.ofSeconds(30);
    /**
     * Time limit of {@code claude auth status}, which may refresh the login. A CLI that is killed during a refresh
     * loses the login. So the command is only waited for and never killed.
     */
    private static final Duration STATUS_LIMIT = Duration.ofSeconds(90);
    /** Maximum duration of a renewal (measured: 92 s if the service can't be reached), plus a margin. */
    static final Duration RENEWAL_LIMIT = Duration.ofSeconds(150);

    /** Time limit of {@code exchange.sh}, which may wait for the keeper's own exchange. */
    private static final Duration EXCHANGE_LIMIT = Duration.ofSeconds(150);

    /**
     * Time limit of {@code signin.sh}, which allows the CLI a minute to show its address and another to exchange the
     * code.
     */
    static final Duration SIGN_IN_LIMIT = Duration.ofSeconds(90);

    private static final String SIGN_IN = ContainerPaths.STATE + "/sign-in";

    private static final List<String> FACTS = KitResources.inlined(
            "auth-facts.sh",
            ContainerPaths.KIT,
            ContainerPaths.SECRETS,
            ContainerPaths.STATE,
            ContainerPaths.MAVEN,
            ContainerPaths.IDENTITY);

    private static final String KEEPER_STATE = "cat " + ContainerPaths.KEEPER_STATE + " 2>/dev/null; date +now=%s";
    /** Removes the copies of the login: those for a damaged file, and the one for agents. */
    private static final String FORGET =
            "rm -f \"${CLAUDE_SECURESTORAGE_CONFIG_DIR:-$CLAUDE_CONFIG_DIR}\"/.credentials.json.*; /bin/sh "
                    + ContainerPaths.KIT + "/expose.sh";

    private final ContainerEngine engine;
    private final String id;

    public AuthContainer(ContainerEngine engine, String id) {
        this.engine = engine;
        this.id = id;
    }

    public String id() {
        return id;
    }

    /**
     * Reads the container's facts with one small command.
     *
     * @throws EngineException if no command can be run in it
     */
    public AuthContainerFacts look() {
        ExecResult result = engine.processes().run(new ExecRequest(id, FACTS, new TreeMap<>()), LOOK_LIMIT);
        if (!result.succeeded()) {
            String said = (result.output() + result.errors()).strip();
            throw new EngineException(EngineException.Kind.FAILED, "run /bin/sh in the auth container", said, "", null);
        }
        return AuthContainerFacts.of(id, result.output());
    }

    /**
     * Reads the keeper's state; empty if it has reported none, because it was stopped or has not started yet.
     *
     * @throws EngineException if no command can be run in it
     */
    public Optional<KeeperState> keeperState() {
        return KeeperState.parse(engine.processes()
                .run(ExecRequest.of(id, "/bin/sh", "-c", KEEPER_STATE), LOOK_LIMIT)
                .output());
    }

    /**
     * Installs the kit's settings for the CLI, as each agent's entrypoint does. They contain the path of an API key.
     */
    public void settle() {
        engine.processes().run(ExecRequest.of(id, "/bin/sh", ContainerPaths.KIT + "/settle.sh"), LOOK_LIMIT);
    }

    /** Checks whether the CLI reads the login alone from a separate directory; true if there is no CLI. */
    public boolean separatesLogin() {
        ExecResult result = engine.processes()
                .run(ExecRequest.of(id, "/bin/sh", ContainerPaths.KIT + "/selftest.sh", id), STATUS_LIMIT);
        return result.exitCode() == AgentExit.NO_CLI || result.output().strip().equals("yes");
    }

    /** Records that a request has just proved the login, and the login method of the CLI. */
    void rememberProof(String credentialStamp, String method) {
        String command = "printf '%s %s %s' \"$(date +%s)\" \"$1\" \"$2\" >" + ContainerPaths.STATE + "/proved";
        engine.processes().run(ExecRequest.of(id, "/bin/sh", "-c", command, "sh", credentialStamp, method), LOOK_LIMIT);
    }

    /**
     * Makes the CLI renew a login that is about to expire. The call waits for the service and is never cut off, not
     * even by an interrupt: an interrupted goal may roll back this very container.
     */
    void renew() {
        ExecRequest renewal = ExecRequest.of(id, "/bin/sh", ContainerPaths.KIT + "/renew.sh");
        Uninterruptibly.run(() -> engine.processes().run(renewal, RENEWAL_LIMIT));
    }

    /** Exchanges the identity token for an access token, unless the present one is good for a while. */
    ExchangeResult exchange() {
        ExecRequest exchange = ExecRequest.of(id, "/bin/sh", ContainerPaths.KIT + "/exchange.sh");
        return ExchangeResult.of(engine.processes().run(exchange, EXCHANGE_LIMIT));
    }

    /**
     * Returns the CLI's report on its login, or empty if there is none. The CLI refreshes a login that is about to
     * expire.
     */
    Optional<JsonNode> cliStatus() {
        ExecRequest status = new ExecRequest(id, ClaudeCommands.AUTH_STATUS, new TreeMap<>());
        return LoginStatusReader.parse(
                Uninterruptibly.call(() -> engine.processes().run(status, STATUS_LIMIT))
                        .output());
    }

    /** Returns the output of {@code claude --version}; empty if there is no CLI. */
    Optional<String> cliVersion() {
        String command = "command -v claude >/dev/null 2>&1 || exit 127; timeout 20 claude --version </dev/null";
        ExecResult result = engine.processes().run(ExecRequest.of(id, "/bin/sh", "-c", command), LOOK_LIMIT);
        return result.exitCode() == AgentExit.NO_CLI ? Optional.empty() : Optional.of(result.output());
    }

    /** Returns the values of those variables that are set in the container's environment. */
    Map<String, String> environment(List<String> names) {
        String command = names.stream()
                .map(name -> "printf '" + name + "=%s\\n' \"${" + name + "-}\"")
                .collect(Collectors.joining("; "));
        return engine.processes()
                .run(ExecRequest.of(id, "/bin/sh", "-c", command), LOOK_LIMIT)
                .output()
                .lines()
                .map(line -> line.split("=", 2))
                .filter(pair -> pair.length == 2 && names.contains(pair[0]) && !pair[1].isBlank())
                .collect(Collectors.toMap(pair -> pair[0], pair -> pair[1].strip(), (first, second) -> first));
    }

    /** Makes the CLI send a real request, with the given time limit. */
    ExecResult request(Duration limit) {
        long seconds = Math.max(1, limit.toSeconds());
        TreeMap<String, String> environment = new TreeMap<>();
        // Otherwise the CLI retries for minutes, with growing pauses, before it reports the error.
        environment.put(ClaudeEnvironment.MAX_RETRIES, "0");
        List<String> command = new ArrayList<>(List.of("timeout", "-k", "5", String.valueOf(seconds)));
        command.addAll(ClaudeCommands.PROBE);
        return engine.processes().run(new ExecRequest(id, command, environment), Duration.ofSeconds(seconds + 20));
    }

    /** Ends the login at the service, for everything that uses it, and empties the login directory. */
    public ExecResult logOut() {
        ExecResult result =
                engine.processes().run(new ExecRequest(id, ClaudeCommands.AUTH_LOGOUT, new TreeMap<>()), STATUS_LIMIT);
        if (result.succeeded()) {
            engine.processes().run(ExecRequest.of(id, "/bin/sh", "-c", FORGET), LOOK_LIMIT);
        }
        return result;
    }

    /** Runs an action of {@code signin.sh}. Most of its time is spent in the CLI. */
    ExecResult signIn(String action, String... arguments) {
        return engine.processes().run(ExecRequest.of(id, signInCommand(action, arguments)), SIGN_IN_LIMIT);
    }

    /** Opens an action of {@code signin.sh} with an input that does not appear in a process list. */
    ExecSession openSignIn(String action) {
        return engine.processes().open(ExecRequest.of(id, signInCommand(action)));
    }

    private static String[] signInCommand(String action, String... arguments) {
        List<String> command = new ArrayList<>(List.of("/bin/sh", ContainerPaths.KIT + "/signin.sh", action, SIGN_IN));
        command.addAll(List.of(arguments));
        return command.toArray(String[]::new);
    }
}
