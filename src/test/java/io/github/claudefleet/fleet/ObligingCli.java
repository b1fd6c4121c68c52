package io.github.claudefleet.fleet;

import io.github.claudefleet.engine.ExecRequest;
import io.github.claudefleet.engine.ExecResult;
import io.github.claudefleet.engine.FakeEngine;
import io.github.claudefleet.engine.UploadFile;
import io.github.claudefleet.spec.ContainerPaths;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** What an auth container's commands answer where all is well; a test says what is not. */
final class ObligingCli {

    private static final String YES =
            "{\"type\":\"result\",\"subtype\":\"success\",\"is_error\":false,\"result\":\"yes\"}";
    private static final String REJECTED =
            "{\"type\":\"result\",\"is_error\":true,\"api_error_status\":401,\"result\":\"Failed to authenticate.\"}";

    private final FakeEngine engine;
    private boolean separatesLogin = true;
    private boolean rejects;
    private boolean failsToLogOut;
    private String keeper = "";
    private String selfTest = "";
    private String proved = "";
    private String status = "{\"loggedIn\": true, \"authMethod\": \"claude.ai\"}";
    private String version = "2.1.330";
    private String settings = "";

    ObligingCli(FakeEngine engine) {
        this.engine = engine.program(this::answer);
    }

    /** Ignores the variable that keeps the login apart. */
    ObligingCli mixesLogin() {
        separatesLogin = false;
        return this;
    }

    /** Has a credential that the service doesn't take. */
    ObligingCli rejects() {
        rejects = true;
        return this;
    }

    /** Is of another version than the newest. */
    ObligingCli isOfVersion(String other) {
        version = other;
        return this;
    }

    /** Reports that of itself when it is asked for its status. */
    ObligingCli reports(String json) {
        status = json;
        return this;
    }

    /** Finds a settings file in its image. */
    ObligingCli findsSettings(String path, String json) {
        settings = "settings " + path + "=" + json + "\n";
        return this;
    }

    /** Can't tell the service that the login is to end. */
    ObligingCli failsToLogOut() {
        failsToLogOut = true;
        return this;
    }

    /** Has a keeper beside it that says so. */
    ObligingCli keeperSays(String... lines) {
        keeper = String.join("\n", lines) + "\n";
        return this;
    }

    /** How often the keeper's copy of the login was removed. */
    long forgotten() {
        return commands().stream()
                .filter(command -> command.contains("rm -f") && command.contains("/.credentials.json.*"))
                .count();
    }

    long logouts() {
        return commands().stream()
                .filter(command -> command.equals("claude auth logout"))
                .count();
    }

    /** How often a request was made to prove the login. */
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
        if (command.contains("selftest.sh ")) {
            String answer = separatesLogin ? "yes" : "no";
            selfTest = request.containerId() + " " + answer;
            return said(answer + "\n");
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

    private static ExecResult said(String output) {
        return new ExecResult(0, output, "");
    }
}
