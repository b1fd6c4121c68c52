package io.github.claudefleet.auth;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.claudefleet.claude.ClaudeEnvironment;
import io.github.claudefleet.claude.CliVersion;
import io.github.claudefleet.claude.LoginStatus;
import io.github.claudefleet.claude.LoginStatus.Kind;
import io.github.claudefleet.claude.LoginStatusReader;
import io.github.claudefleet.spec.ContainerPaths;
import io.github.claudefleet.spec.LoginMode;
import io.github.claudefleet.spec.LoginSpec;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Checks a fleet's login by the facts about its auth container, without calling the CLI or the service. */
public final class LocalCheck {

    private final LoginSpec login;

    public LocalCheck(LoginSpec login) {
        this.login = login;
    }

    /** Returns a reason why the login can't work or would not be used; empty if none is visible. */
    public Optional<LoginStatus> problem(AuthContainerFacts facts) {
        return facts.cli().flatMap(LocalCheck::tooOld).or(() -> inherited(facts));
    }

    /** Returns the login status for a CLI that is too old for a shared login; empty if it is new enough. */
    static Optional<LoginStatus> tooOld(CliVersion version) {
        return version.isTooOld()
                ? Optional.of(LoginStatus.of(
                        Kind.CLI_TOO_OLD, "it is " + version + ", and a fleet needs " + CliVersion.OLDEST))
                : Optional.empty();
    }

    private Optional<LoginStatus> inherited(AuthContainerFacts facts) {
        return facts.settings().entrySet().stream()
                .flatMap(file -> outranking(file.getValue()).stream()
                        .map(what -> LoginStatus.of(Kind.OTHER_CREDENTIAL, what + " in " + place(file.getKey()))))
                .findFirst();
    }

    /**
     * Returns the entries of a settings file that outrank the chosen login. The CLI also ignores a file that is not
     * JSON.
     */
    private List<String> outranking(String settings) {
        Optional<JsonNode> root = LoginStatusReader.parse(settings);
        List<String> found = new ArrayList<>();
        root.map(node -> node.path("apiKeyHelper").asText(""))
                .filter(helper -> !helper.isBlank() && login.mode() != LoginMode.PROVIDER && !isOurs(helper))
                .ifPresent(helper -> found.add("apiKeyHelper"));
        root.map(node -> node.path("env").properties()).orElse(Set.of()).stream()
                .filter(this::outranks)
                .map(Map.Entry::getKey)
                .forEach(found::add);
        return found;
    }

    private boolean outranks(Map.Entry<String, JsonNode> variable) {
        return ClaudeEnvironment.outranking(login.mode()).contains(variable.getKey())
                && ClaudeEnvironment.isSet(variable.getValue().asText(""));
    }

    private boolean isOurs(String helper) {
        return login.mode() == LoginMode.API_KEY && helper.contains(ContainerPaths.ROOT);
    }

    /** Returns the file's path on the host, where a person looks for it, or its path in the image. */
    private String place(String path) {
        return path.startsWith(ContainerPaths.LOGIN + "/")
                ? login.directory()
                        .resolve(path.substring(ContainerPaths.LOGIN.length() + 1))
                        .toString()
                : path + " of the image";
    }
}
