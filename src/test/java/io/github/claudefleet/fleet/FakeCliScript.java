package io.github.claudefleet.fleet;

import io.github.claudefleet.engine.ExecRequest;
import io.github.claudefleet.engine.ExecResult;
import io.github.claudefleet.engine.ExecSession;
import io.github.claudefleet.engine.FakeEngine;
import io.github.claudefleet.engine.UploadFile;
import io.github.claudefleet.spec.ContainerPaths;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Results of the commands in a healthy auth container, which a test can change. */
final class FakeCliScript {

    private static final String YES =
            "{\"type\":\"result\",\"subtype\":\"success\",\"is_error\":false,\"result\":\"yes\"}";
    private static final String REJECTED =
            "{\"type\":\"result\",\"is_error\":true,\"api_error_status\":401,\"result\":\"Failed to authenticate.\"}";

    private static final String ADDRESS = "https://claude.ai/oauth/authorize?z\nPaste code here if prompted > ";

    private final FakeEngine engine;
    private boolean separatesLogin = true;
    private boolean rejects;
    private String home = "";
    private boolean failsToLogOut;
    private String keeper = "";
    private String selfTest = "";
    private String proved = "";
    private String status = "{\"loggedIn\": true, \"authMethod\": \"claude.ai\"}";
    private String version = "2.1.330";
    private String settings = "";
    private String signIn = "\nstate=none\nstatus=\nleft=0\n";

    FakeCliScript(FakeEngine engine) {
        this.engine = engine.program(this::answer).conversation(request -> new Hand());
    }

    /** Makes this process's files, and so its identity, visible in a container. */
    FakeCliScript livesIn(String containerId) {
        home = containerId;
        return this;
    }

    /** Ignores the variable for the separate login directory. */
    FakeCliScript mixesLogin() {
        separatesLogin = false;
        return this;
    }

    /** Rejects the credential. */
    FakeCliScript rejects() {
        rejects = true;
        return this;
    }

    /** Sets a version other than the newest. */
    FakeCliScript isOfVersion(String other) {
        version = other;
        return this;
    }

    /** Sets the output of {@code claude auth status}. */
    FakeCliScript reports(String json) {
        status = json;
        return this;
    }

    /** Adds a settings file to the image. */
    FakeCliScript findsSettings(String path, String json) {
        settings = "settings " + path + "=" + json + "\n";
        return this;
    }

    /** Fails to log out at the service. */
    FakeCliScript failsToLogOut() {
        failsToLogOut = true;
        return this;
    }

    /** Sets the keeper's state file. */
    FakeCliScript keeperSays(String... lines) {
        keeper = String.join("\n", lines) + "\n";
        return this;
    }

    /** Number of times that the keeper's copy of the login was removed. */
    long forgotten() {
        return commands().stream()
                .filter(command -> command.contains("rm -f") && command.contains("/.credentials.json.*"))
                .count();
    }

    /** Adds a sign-in that waits for a code. */
    FakeCliScript awaitsCode() {
        signIn = ADDRESS + "\nstate=waiting\nstatus=\nleft=600\n";
        return this;
    }

    /** Checks for a sign-in that waits. */
    boolean isAwaitingCode() {
        return signIn.contains("state=waiting");
    }

    long logouts() {
        return commands().stream()
                .filter(command -> command.equals("claude auth logout"))
                .count();
    }

    /** Number of requests that were sent to prove the login. */
    long requests() {
        return commands().stream()
                .filter(command -> command.contains("claude -p"))
                .count();
    }

    long selfTests() {
        return commands().stream()
                .filter(command -> command.contains("selftest.sh "))
                .count();
    }

    private List<String> commands() {
        return engine.execs().stream()
                .map(request -> String.join(" ", request.command()))
                .toList();
    }

    private ExecResult answer(ExecRequest request) {
        String command = String.join(" ", request.command());
        if (command.startsWith("cat /")) {
            return file(request);
        }
        if (command.contains("selftest.sh ")) {
            String answer = separatesLogin ? "yes" : "no";
            selfTest = request.containerId() + " " + answer;
            return said(answer + "\n");
        }
        if (command.contains("signin.sh")) {
            return signIn(request.command());
        }
        if (command.contains("claude -p")) {
            return said(rejects ? REJECTED : YES);
        }
        if (command.equals("claude auth status")) {
            return said(status);
        }
        if (command.equals("claude auth logout")) {
            return failsToLogOut ? new ExecResult(1, "", "Could not reach the service\n") : said("Logged out\n");
        }
        if (command.contains("state/keeper")) {
            return said(keeper + "now=1060\n");
        }
        return command.contains("lacks=") ? look(request.containerId()) : other(request);
    }

    private ExecResult file(ExecRequest request) {
        try {
            return request.containerId().equals(home)
                    ? said(Files.readString(Path.of(request.command().get(1))))
                    : new ExecResult(1, "", "cat: no such file\n");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private ExecResult look(String containerId) {
        return said("digest=" + digest(containerId, ContainerPaths.KIT) + "\nsecrets="
                + digest(containerId, ContainerPaths.SECRETS) + "\nselftest=" + selfTest + "\nproved=" + proved
                + "\nnow=1060\ncli=" + version + " (Claude Code)\n" + settings);
    }

    private String digest(String containerId, String directory) {
        List<UploadFile> files = engine.uploadedTo(containerId, directory);
        return files.isEmpty() ? "" : new String(files.get(files.size() - 1).content(), StandardCharsets.UTF_8);
    }

    private ExecResult other(ExecRequest request) {
        if (request.command().get(2).contains("claude --version")) {
            return said(version + " (Claude Code)\n");
        }
        if (request.command().get(2).contains("/proved")) {
            List<String> command = request.command();
            proved = "1000 " + String.join(" ", command.subList(command.size() - 2, command.size()));
        }
        return said("");
    }

    private ExecResult signIn(List<String> command) {
        switch (command.get(2)) {
            case "open" -> awaitsCode();
            case "end" -> signIn = "\nstate=none\nstatus=\nleft=0\n";
            default -> {}
        }
        return said(signIn);
    }

    /** Session that submits a code: {@code good#state} is the right one. */
    private final class Hand implements ExecSession {

        private String printed = "";

        @Override
        public String output() {
            return printed;
        }

        @Override
        public Optional<Integer> exitCode() {
            return Optional.empty();
        }

        @Override
        public void send(String line) {
            boolean good = line.equals("good#state");
            signIn = (good ? "Login successful." : "Couldn't log in: no " + line) + "\n\nstate=ended\nstatus="
                    + (good ? 0 : 1) + "\nleft=0\n";
            printed = signIn;
        }

        @Override
        public boolean awaitChange(Duration limit) {
            throw new AssertionError("everything was said; nothing is to be waited for");
        }

        @Override
        public void close() {}
    }

    private static ExecResult said(String output) {
        return new ExecResult(0, output, "");
    }
}
