package io.github.claudefleet.auth;

import io.github.claudefleet.claude.RecordedAnswer;
import io.github.claudefleet.engine.ContainerEngine;
import io.github.claudefleet.engine.ExecRequest;
import io.github.claudefleet.engine.ExecResult;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;

/** Auth container whose CLI gives the answers that a test sets; its engine can only run commands. */
final class FakeCli {

    private static final ExecResult SILENT_SUCCESS = new ExecResult(0, "", "");

    private final Deque<ExecResult> answers = new ArrayDeque<>();
    private final Deque<FakeSignIn> signIns = new ArrayDeque<>();
    private final List<ExecRequest> requests = new ArrayList<>();
    private final List<String> proofs = new ArrayList<>();
    private final List<List<String>> opened = new ArrayList<>();
    private Optional<FakeSignIn> signIn = Optional.empty();
    private String owner = "";
    private boolean present = true;
    private String look = "";
    private String version = "2.1.330";
    private String status = "{\n  \"loggedIn\": true,\n  \"authMethod\": \"claude.ai\"\n}\n";
    private String environment = "";
    private int statusAsked;
    private int renewals;
    private Runnable renewal = () -> {};

    /** Answers requests with these in turn, the last one repeatedly. */
    FakeCli answers(String... recorded) {
        answers.clear();
        for (String name : recorded) {
            answers.add(RecordedAnswer.named(name));
        }
        return this;
    }

    /** Answers all requests with this result. */
    FakeCli answers(ExecResult answer) {
        answers.clear();
        answers.add(answer);
        return this;
    }

    /** Offers these sign-ins in turn. */
    FakeCli offers(FakeSignIn... offered) {
        signIns.addAll(List.of(offered));
        return this;
    }

    /** Adds a waiting sign-in that another process began. */
    FakeCli hasWaiting(FakeSignIn waiting) {
        signIn = Optional.of(waiting);
        owner = "somebody else";
        return this;
    }

    /** Removes the CLI from the image. */
    FakeCli isMissing() {
        present = false;
        return this;
    }

    /** Sets a version of the CLI other than the newest. */
    FakeCli isOfVersion(String other) {
        version = other;
        return this;
    }

    /** Sets the output of {@code claude auth status}. */
    FakeCli reports(String json) {
        status = json;
        return this;
    }

    /** Sets these lines as the container's environment. */
    FakeCli runsWith(String lines) {
        environment = lines;
        return this;
    }

    /** Number of status calls, each of which may refresh the login. */
    int statusAsked() {
        return statusAsked;
    }

    /** Sets the action of a renewal of the login; none by default. */
    FakeCli renews(Runnable what) {
        renewal = what;
        return this;
    }

    /** Number of renewals of the login that were requested. */
    int renewals() {
        return renewals;
    }

    /** Sets the output of an inspection of the container. */
    FakeCli knows(String lines) {
        look = lines;
        return this;
    }

    AuthContainer container() {
        Class<?>[] port = {ContainerEngine.class};
        return new AuthContainer(
                (ContainerEngine) Proxy.newProxyInstance(getClass().getClassLoader(), port, this::call), "auth-id");
    }

    /** Requests that were sent to the model. */
    List<ExecRequest> requests() {
        return requests;
    }

    /** Proofs that were stored: the credential's stamp and the method. */
    List<String> proofs() {
        return proofs;
    }

    /** Arguments of {@code claude auth login} for each sign-in that was begun, its time limit first. */
    List<List<String>> opened() {
        return opened;
    }

    /** Current sign-in; empty if there is none or it was removed. */
    Optional<FakeSignIn> signIn() {
        return signIn;
    }

    private Object call(Object proxy, Method method, Object[] arguments) {
        return switch (method.getName()) {
            case "exec" -> exec((ExecRequest) arguments[0], (Duration) arguments[1]);
            case "open" -> signIn.orElseThrow().hand();
            default -> throw new UnsupportedOperationException(method.getName());
        };
    }

    private ExecResult exec(ExecRequest request, Duration limit) {
        String command = String.join(" ", request.command());
        if (command.contains("claude -p")) {
            requests.add(request);
            return answers.size() > 1 ? answers.remove() : answers.element();
        }
        if (command.endsWith("/renew.sh")) {
            renewals++;
            renewal.run();
            return SILENT_SUCCESS;
        }
        if (command.contains("signin.sh")) {
            return signIn(request.command());
        }
        if (command.contains("command -v claude >/dev/null 2>&1 || exit 127")) {
            return present ? new ExecResult(0, version + " (Claude Code)\n", "") : new ExecResult(127, "", "");
        }
        if (command.equals("claude auth status")) {
            statusAsked++;
            return new ExecResult(0, status, "");
        }
        if (command.contains("ANTHROPIC_BASE_URL=%s")) {
            return new ExecResult(0, environment, "");
        }
        return command.contains("/proved") && !command.contains("now=")
                ? remember(request)
                : new ExecResult(0, look, "");
    }

    private ExecResult signIn(List<String> command) {
        switch (command.get(2)) {
            case "open" -> open(command);
            case "end" -> signIn = command.get(4).equals(owner) ? Optional.empty() : signIn;
            default -> {}
        }
        return new ExecResult(0, signIn.map(FakeSignIn::report).orElse("\nstate=none\nstatus=\nleft=0\n"), "");
    }

    private void open(List<String> command) {
        if (!signIn.map(FakeSignIn::waits).orElse(false)) {
            signIn = Optional.of(signIns.remove());
            owner = command.get(4);
            opened.add(command.subList(5, command.size()));
        }
    }

    private ExecResult remember(ExecRequest request) {
        List<String> command = request.command();
        proofs.add(String.join(" ", command.subList(command.size() - 2, command.size())));
        return SILENT_SUCCESS;
    }
}
