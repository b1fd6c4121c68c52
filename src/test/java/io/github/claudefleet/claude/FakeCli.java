package io.github.claudefleet.claude;

import io.github.claudefleet.auth.AuthContainer;
import io.github.claudefleet.engine.ContainerObservation;
import io.github.claudefleet.engine.ContainerState;
import io.github.claudefleet.engine.ExecRequest;
import io.github.claudefleet.engine.ExecResult;
import io.github.claudefleet.engine.FakeEngine;
import io.github.claudefleet.spec.ContainerPaths;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Predicate;

/**
 * Claude Code CLI of the tests. It is logged in and answers yes to each request, unless a test says otherwise. It
 * answers in memory, where it also stands for the kit's scripts around it in an auth container, or is a shell script.
 */
public final class FakeCli {

    public static final String VERSION = "2.1.330";

    private static final String AUTH_ID = "auth-id";
    private static final ExecResult YES =
            said("{\"type\":\"result\",\"subtype\":\"success\",\"is_error\":false,\"result\":\"yes\"}");

    private final FakeEngine engine;
    private final Deque<ExecResult> answers = new ArrayDeque<>(List.of(YES));
    private final Deque<FakeSignIn> signIns = new ArrayDeque<>();
    private final List<List<String>> opened = new ArrayList<>();
    private String version = VERSION;
    private String status = "{\n  \"loggedIn\": true,\n  \"authMethod\": \"claude.ai\"\n}\n";
    private boolean present = true;
    private boolean separatesLogin = true;
    private boolean failsToLogOut;
    private Runnable renewal = () -> {};
    private String exchange = "verdict=ok\ndetail=\n";
    private Optional<FakeSignIn> signIn = Optional.empty();
    private String signInOwner = "";
    /** Facts about the container that a test sets; otherwise they are what the commands have left. */
    private Optional<String> facts = Optional.empty();

    private String environment = "";
    private String settings = "";
    private String selfTest = "";
    private String proved = "";
    private String keeper = "now=1060\n";
    private String ownContainer = "";

    /** Creates a CLI in an auth container of its own, about which nothing is known. */
    public FakeCli() {
        this(new FakeEngine());
        knows("");
        engine.put(new ContainerObservation(
                AUTH_ID,
                "claude-fleet-shop-auth",
                Map.of(),
                "acme/agent:1",
                "sha256:1",
                ContainerState.RUNNING,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                false));
    }

    /** Creates a CLI in all containers of an engine. */
    public FakeCli(FakeEngine engine) {
        this.engine = engine.program(this::answer)
                .conversation(request -> signIn.orElseThrow().hand());
    }

    // ---- the CLI

    /** Answers requests with these recorded answers in turn, the last one repeatedly. */
    public FakeCli answers(String... recorded) {
        answers.clear();
        for (String name : recorded) {
            answers.add(RecordedAnswer.named(name));
        }
        return this;
    }

    /** Answers all requests with this result. */
    public FakeCli answers(ExecResult answer) {
        answers.clear();
        answers.add(answer);
        return this;
    }

    /** Offers these sign-ins in turn. */
    public FakeCli offers(FakeSignIn... offered) {
        signIns.addAll(List.of(offered));
        return this;
    }

    /** Adds a waiting sign-in that another process began. */
    public FakeCli hasWaiting(FakeSignIn waiting) {
        signIn = Optional.of(waiting);
        signInOwner = "somebody else";
        return this;
    }

    /** Removes the CLI from the image. */
    public FakeCli isMissing() {
        present = false;
        return this;
    }

    /** Sets a version other than the newest. */
    public FakeCli isOfVersion(String other) {
        version = other;
        return this;
    }

    /** Sets the output of {@code claude auth status}. */
    public FakeCli reports(String json) {
        status = json;
        return this;
    }

    /** Fails to log out at the service. */
    public FakeCli failsToLogOut() {
        failsToLogOut = true;
        return this;
    }

    /** Ignores the variable for the separate login directory. */
    public FakeCli mixesLogin() {
        separatesLogin = false;
        return this;
    }

    // ---- its container

    /** Sets the action of a renewal of the login; none by default. */
    public FakeCli renews(Runnable action) {
        renewal = action;
        return this;
    }

    /** Sets the output of an exchange of the identity token; there is a good access token by default. */
    public FakeCli exchanges(String lines) {
        exchange = lines;
        return this;
    }

    /** Sets these lines as the container's environment. */
    public FakeCli runsWith(String lines) {
        environment = lines;
        return this;
    }

    /** Sets the facts that the container reports. */
    public FakeCli knows(String lines) {
        facts = Optional.of(lines);
        return this;
    }

    /** Adds a settings file to the image. */
    public FakeCli findsSettings(String path, String json) {
        settings = "settings " + path + "=" + json + "\n";
        return this;
    }

    /** Sets the keeper's state file, and the time at which it is read. */
    public FakeCli keeperSays(String state) {
        keeper = state;
        return this;
    }

    /** Makes this process's files, and so its identity, visible in a container. */
    public FakeCli livesIn(String containerId) {
        ownContainer = containerId;
        return this;
    }

    public AuthContainer container() {
        return new AuthContainer(engine, AUTH_ID);
    }

    // ---- inspected by a test

    /** Returns the requests that were sent to the model. */
    public List<ExecRequest> requests() {
        return engine.execs().stream()
                .filter(request -> text(request).contains("claude -p"))
                .toList();
    }

    /** Returns the number of status calls, each of which may refresh the login. */
    public long statusAsked() {
        return count("claude auth status"::equals);
    }

    /** Returns the number of renewals of the login that were requested. */
    public long renewals() {
        return count(command -> command.endsWith("/renew.sh"));
    }

    public long selfTests() {
        return count(command -> command.contains("selftest.sh "));
    }

    public long logouts() {
        return count("claude auth logout"::equals);
    }

    /** Returns the number of times that the keeper's copy of the login was removed. */
    public long forgotten() {
        return count(command -> command.contains("rm -f") && command.contains("/.credentials.json.*"));
    }

    /** Returns the proofs that were stored: the credential's stamp and the method. */
    public List<String> proofs() {
        return engine.execs().stream()
                .filter(FakeCli::isProof)
                .map(FakeCli::lastTwoWords)
                .toList();
    }

    /** Returns the arguments of {@code claude auth login} for each sign-in that was begun, its time limit first. */
    public List<List<String>> opened() {
        return opened;
    }

    /** Returns the current sign-in; empty if there is none or it was removed. */
    public Optional<FakeSignIn> signIn() {
        return signIn;
    }

    /** Checks for a sign-in that waits. */
    public boolean isAwaitingCode() {
        return signIn.filter(FakeSignIn::waits).isPresent();
    }

    private long count(Predicate<String> command) {
        return engine.execs().stream().map(FakeCli::text).filter(command).count();
    }

    // ---- in memory

    /** Returns the result of a command in a container. */
    public ExecResult answer(ExecRequest request) {
        String command = text(request);
        if (command.startsWith("cat /")) {
            return file(request);
        }
        if (command.contains("claude -p")) {
            return answers.size() > 1 ? answers.remove() : answers.element();
        }
        return switch (command) {
            case "claude auth status" -> said(status);
            case "claude auth logout" ->
                failsToLogOut ? new ExecResult(1, "", "Could not reach the service\n") : said("Logged out\n");
            default -> script(request, command);
        };
    }

    private ExecResult script(ExecRequest request, String command) {
        if (command.contains("selftest.sh ")) {
            String answer = separatesLogin ? "yes" : "no";
            selfTest = request.containerId() + " " + answer;
            return said(answer + "\n");
        }
        if (command.contains("signin.sh")) {
            return signIn(request.command());
        }
        if (command.endsWith("/exchange.sh")) {
            return said(exchange);
        }
        if (command.endsWith("/renew.sh")) {
            renewal.run();
            return said("");
        }
        if (command.contains("state/keeper")) {
            return said(keeper);
        }
        if (command.contains("lacks=")) {
            return said(facts.orElseGet(() -> factsOf(request.containerId())));
        }
        if (command.contains("claude --version")) {
            return present ? said(version + " (Claude Code)\n") : new ExecResult(127, "", "");
        }
        if (isProof(request)) {
            proved = "1000 " + lastTwoWords(request);
        }
        return said(command.contains("ANTHROPIC_BASE_URL=%s") ? environment : "");
    }

    private ExecResult signIn(List<String> command) {
        String owner = command.size() > 4 ? command.get(4) : "";
        if (command.get(2).equals("open") && !isAwaitingCode()) {
            signIn = Optional.of(signIns.remove());
            signInOwner = owner;
            opened.add(command.subList(5, command.size()));
        } else if (command.get(2).equals("end") && owner.equals(signInOwner)) {
            signIn = Optional.empty();
        }
        return said(signIn.map(FakeSignIn::report).orElse("\nstate=none\nstatus=\nleft=0\n"));
    }

    private ExecResult file(ExecRequest request) {
        try {
            return request.containerId().equals(ownContainer)
                    ? said(Files.readString(Path.of(request.command().get(1))))
                    : new ExecResult(1, "", "cat: no such file\n");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private String factsOf(String containerId) {
        return "digest=" + file(containerId, ContainerPaths.KIT, "digest") + "\ntrace="
                + file(containerId, ContainerPaths.KIT, "trace") + "\nsecrets="
                + file(containerId, ContainerPaths.SECRETS, "digest") + "\nselftest=" + selfTest + "\nproved=" + proved
                + "\nnow=1060\ncli=" + version + " (Claude Code)\n" + settings;
    }

    private String file(String containerId, String directory, String path) {
        return engine.uploadedTo(containerId, directory).stream()
                .filter(file -> file.path().equals(path))
                .map(file -> new String(file.content(), StandardCharsets.UTF_8))
                .findFirst()
                .orElse("");
    }

    private static boolean isProof(ExecRequest request) {
        String command = text(request);
        return command.contains("/proved") && !command.contains("lacks=");
    }

    private static String lastTwoWords(ExecRequest request) {
        List<String> command = request.command();
        return String.join(" ", command.subList(command.size() - 2, command.size()));
    }

    private static String text(ExecRequest request) {
        return String.join(" ", request.command());
    }

    private static ExecResult said(String output) {
        return new ExecResult(0, output, "");
    }

    // ---- as a shell script

    /** Returns this CLI as a shell script with its version, its status and its next answer. */
    public String script() {
        return """
            #!/bin/sh
            case "$*" in
                --version) echo '%s (Claude Code)' ;;
                'auth status') echo '%s' ;;
                -p*) echo '%s' ;;
            esac
            """.formatted(version, status.strip(), answers.element().output());
    }

    /** Returns a CLI as a shell script that runs these commands, whatever its arguments are. */
    public static String running(String commands) {
        return "#!/bin/sh\n" + commands;
    }

    /** Returns a CLI as a shell script that runs other commands for each prompt. */
    public static String onPrompts(Map<String, String> commands) {
        StringBuilder cases = new StringBuilder("case $(cat) in\n");
        new TreeMap<>(commands)
                .forEach((prompt, script) -> cases.append("'")
                        .append(prompt)
                        .append("')\n")
                        .append(script)
                        .append(";;\n"));
        return running(cases.append("esac\n").toString());
    }
}
