package io.github.claudefleet.auth;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.claudefleet.claude.LoginStatusReader;
import io.github.claudefleet.engine.ContainerEngine;
import io.github.claudefleet.engine.EngineException;
import io.github.claudefleet.engine.ExecRequest;
import io.github.claudefleet.engine.ExecResult;
import io.github.claudefleet.engine.ExecSession;
import io.github.claudefleet.engine.Uninterruptibly;
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

/** The auth container as somebody to talk to: what it knows, and the CLI in it. */
public final class AuthContainer {

    private static final Duration LOOK_LIMIT = Duration.ofSeconds(30);
    /**
     * {@code claude auth status} may refresh the login, and a CLI that is killed while it does loses it: so it is only
     * ever waited for, and never ended.
     */
    private static final Duration STATUS_LIMIT = Duration.ofSeconds(90);
    /** What a renewal takes at the most (measured: 92 s where the service can't be reached), and some more. */
    static final Duration RENEWAL_LIMIT = Duration.ofSeconds(150);

    /** {@code signin.sh} itself gives the CLI a minute to show its address, and another one to trade the code. */
    static final Duration SIGN_IN_LIMIT = Duration.ofSeconds(90);

    private static final String SIGN_IN = ContainerPaths.STATE + "/sign-in";

    /** What the kit's scripts and the calls below need; shells have the rest themselves. */
    private static final String NEEDED =
            "claude timeout cat date grep head id ls mkdir mkfifo mktemp mv rm sed sleep stat tail tr";

    private static final String LOOK = "say() { printf '%s=%s\\n' \"$1\" \"$(cat \"$2\" 2>/dev/null)\"; };"
            + " say digest " + ContainerPaths.KIT + "/digest; say secrets " + ContainerPaths.SECRETS + "/digest;"
            + " say selftest " + ContainerPaths.STATE + "/selftest; say proved " + ContainerPaths.STATE + "/proved;"
            + " date +now=%s; printf lacks=; for c in " + NEEDED
            + "; do command -v $c >/dev/null 2>&1 || printf '%s ' $c; done; echo;"
            // Measured: 0.1 s when the CLI is cold, 0.03 s after that.
            + " printf 'cli=%s\\n' \"$(timeout 20 claude --version </dev/null 2>/dev/null)\";"
            + " for f in \"$CLAUDE_CONFIG_DIR/settings.json\" /etc/claude-code/managed-settings.json"
            + " /etc/claude-code/managed-settings.d/*.json; do [ -f \"$f\" ] && [ -r \"$f\" ]"
            + " && printf 'settings %s=%s\\n' \"$f\" \"$(tr -d '\\r\\n' <\"$f\")\"; done; true";

    private static final String KEEPER_STATE = "cat " + ContainerPaths.KEEPER_STATE + " 2>/dev/null; date +now=%s";
    /** What the keeper has kept of the login, for the case that it gets damaged. */
    private static final String FORGET =
            "rm -f \"${CLAUDE_SECURESTORAGE_CONFIG_DIR:-$CLAUDE_CONFIG_DIR}\"/.credentials.json.*";

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
     * What the container knows of itself, at the price of one small command.
     *
     * @throws EngineException if no command can be run in it
     */
    public AuthContainerFacts look() {
        ExecResult result = engine.exec(ExecRequest.of(id, "/bin/sh", "-c", LOOK), LOOK_LIMIT);
        if (!result.succeeded()) {
            String said = (result.output() + result.errors()).strip();
            throw new EngineException(EngineException.Kind.FAILED, "run /bin/sh in the auth container", said, "", null);
        }
        return AuthContainerFacts.of(id, result.output());
    }

    /**
     * What the keeper in it is at; empty where it has said nothing, as one that was stopped or hasn't started yet.
     *
     * @throws EngineException if no command can be run in it
     */
    public Optional<KeeperState> keeperState() {
        return KeeperState.parse(engine.exec(ExecRequest.of(id, "/bin/sh", "-c", KEEPER_STATE), LOOK_LIMIT)
                .output());
    }

    /** Gives the CLI in it the kit's settings, as each agent's entrypoint does: they say where an API key is. */
    public void settle() {
        engine.exec(ExecRequest.of(id, "/bin/sh", ContainerPaths.KIT + "/settle.sh"), LOOK_LIMIT);
    }

    /** Whether the CLI in it takes the login alone from a directory of its own; true where there is no CLI to ask. */
    public boolean separatesLogin() {
        ExecResult result =
                engine.exec(ExecRequest.of(id, "/bin/sh", ContainerPaths.KIT + "/selftest.sh", id), STATUS_LIMIT);
        return result.exitCode() == AgentExit.NO_CLI || result.output().strip().equals("yes");
    }

    /** Remembers that a request has just proved the login, and the method by which the CLI was logged in. */
    void rememberProof(String credentialStamp, String method) {
        String command = "printf '%s %s %s' \"$(date +%s)\" \"$1\" \"$2\" >" + ContainerPaths.STATE + "/proved";
        engine.exec(ExecRequest.of(id, "/bin/sh", "-c", command, "sh", credentialStamp, method), LOOK_LIMIT);
    }

    /**
     * Has the CLI renew a login that is near its end, by a call that waits for the service; it is never ended, and waited
     * for even by who is interrupted: what an interrupted goal takes back may be this very container.
     */
    void renew() {
        ExecRequest renewal = ExecRequest.of(id, "/bin/sh", ContainerPaths.KIT + "/renew.sh");
        Uninterruptibly.run(() -> engine.exec(renewal, RENEWAL_LIMIT));
    }

    /** What the CLI says of its login, or empty where it has no answer. Refreshes one that is near its end. */
    Optional<JsonNode> cliStatus() {
        ExecRequest status = ExecRequest.of(id, "claude", "auth", "status");
        return LoginStatusReader.parse(
                Uninterruptibly.call(() -> engine.exec(status, STATUS_LIMIT)).output());
    }

    /** What {@code claude --version} prints; empty where there is no CLI to ask. */
    Optional<String> cliVersion() {
        String command = "command -v claude >/dev/null 2>&1 || exit 127; timeout 20 claude --version </dev/null";
        ExecResult result = engine.exec(ExecRequest.of(id, "/bin/sh", "-c", command), LOOK_LIMIT);
        return result.exitCode() == AgentExit.NO_CLI ? Optional.empty() : Optional.of(result.output());
    }

    /** Those of these variables that are set in its environment. */
    Map<String, String> environment(List<String> names) {
        String command = names.stream()
                .map(name -> "printf '" + name + "=%s\\n' \"${" + name + "-}\"")
                .collect(Collectors.joining("; "));
        return engine.exec(ExecRequest.of(id, "/bin/sh", "-c", command), LOOK_LIMIT)
                .output()
                .lines()
                .map(line -> line.split("=", 2))
                .filter(pair -> pair.length == 2 && names.contains(pair[0]) && !pair[1].isBlank())
                .collect(Collectors.toMap(pair -> pair[0], pair -> pair[1].strip(), (first, second) -> first));
    }

    /** Asks the CLI for a real answer; it gets that long and no longer. */
    ExecResult request(Duration limit) {
        long seconds = Math.max(1, limit.toSeconds());
        TreeMap<String, String> environment = new TreeMap<>();
        // The CLI would go on for minutes otherwise, with growing pauses, before it says what is wrong.
        environment.put("CLAUDE_CODE_MAX_RETRIES", "0");
        List<String> command = List.of(
                "timeout",
                "-k",
                "5",
                String.valueOf(seconds),
                "claude",
                "-p",
                "Say yes",
                "--output-format",
                "stream-json",
                "--verbose",
                "--max-turns",
                "1",
                "--setting-sources",
                "user",
                "--strict-mcp-config");
        return engine.exec(new ExecRequest(id, command, environment), Duration.ofSeconds(seconds + 20));
    }

    /** Ends the login at the service, for everything that uses it, and empties the login directory. */
    public ExecResult logOut() {
        ExecResult result = engine.exec(ExecRequest.of(id, "claude", "auth", "logout"), STATUS_LIMIT);
        if (result.succeeded()) {
            engine.exec(ExecRequest.of(id, "/bin/sh", "-c", FORGET), LOOK_LIMIT);
        }
        return result;
    }

    /** Asks {@code signin.sh} for something; that takes a while, of which the CLI's own part is the longest. */
    ExecResult signIn(String action, String... arguments) {
        return engine.exec(ExecRequest.of(id, signInCommand(action, arguments)), SIGN_IN_LIMIT);
    }

    /** The same with something to hand over, which nobody sees in a process list. */
    ExecSession openSignIn(String action) {
        return engine.open(ExecRequest.of(id, signInCommand(action)));
    }

    private static String[] signInCommand(String action, String... arguments) {
        List<String> command = new ArrayList<>(List.of("/bin/sh", ContainerPaths.KIT + "/signin.sh", action, SIGN_IN));
        command.addAll(List.of(arguments));
        return command.toArray(String[]::new);
    }
}
