package io.github.claudefleet.runtime;

import io.github.claudefleet.claude.ClaudeFiles;
import io.github.claudefleet.spec.AgentSpec;
import io.github.claudefleet.spec.CheckSpec;
import io.github.claudefleet.spec.ContainerPaths;
import io.github.claudefleet.spec.FleetSpec;
import io.github.claudefleet.spec.InvalidSpecException;
import io.github.claudefleet.spec.LoginMode;
import io.github.claudefleet.spec.LoginSpec;
import io.github.claudefleet.spec.TaskQueue;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** Files that a fleet's containers share through its volumes. Agents have read-only access. */
public final class Kit {

    private static final int READ_OWNER = 0400;
    private static final int ENTER_OWNER = 0700;
    private static final int EXECUTED = 0555;
    /**
     * The year 2100 in epoch milliseconds. The token itself has an expiry, and the file must not have an earlier one.
     */
    private static final long FAR_FUTURE = 4_102_444_800_000L;

    private static final Pattern TOKEN = Pattern.compile("[\\x21-\\x7e&&[^\"\\\\]]+");
    private static final List<String> SCRIPTS = List.of(
            "agent.sh",
            "run.sh",
            "instructions.sh",
            "serve.sh",
            "task.sh",
            "signal.sh",
            "keeper.sh",
            "keeper-loop.sh",
            "renew.sh",
            "selftest.sh",
            "settle.sh",
            "signin.sh");

    private Kit() {}

    /**
     * Returns the files without secrets, for {@link ContainerPaths#KIT}: scripts, prompts, trust, and a directory for
     * the keeper's state.
     */
    public static FileSet of(FleetSpec spec) {
        FileSet kit = new FileSet(spec.user());
        SCRIPTS.forEach(script -> kit.add(script, KitResources.read(script)));
        kit.add("gitconfig", KitResources.read("gitconfig"));
        kit.add("home/" + ClaudeFiles.STATE, KitResources.read("claude.json"));
        if (spec.login().mode() == LoginMode.API_KEY) {
            kit.add("home/" + ClaudeFiles.SETTINGS, KitResources.read("api-key-settings.json"));
        }
        kit.add("hooks/prepare-commit-msg", KitResources.read("prepare-commit-msg.sh"), EXECUTED);
        spec.containers().caBundle().ifPresent(bundle -> kit.add("ca-bundle.pem", bytes(bundle.pem())));
        spec.work().queues().forEach(queue -> addWork(kit, queue));
        spec.agents().forEach(agent -> addOptions(kit, agent));
        kit.addFolder(ContainerPaths.STATE.substring(ContainerPaths.KIT.length() + 1), ENTER_OWNER);
        return kit;
    }

    /**
     * Returns the fleet's token or key and Maven's passwords, for {@link ContainerPaths#SECRETS}; empty if there is
     * neither.
     *
     * @throws InvalidSpecException if the token is malformed
     */
    public static Optional<FileSet> secrets(FleetSpec spec) {
        if (!spec.hasSecrets()) {
            return Optional.empty();
        }
        FileSet secrets = new FileSet(spec.user());
        spec.login()
                .credential()
                .ifPresent(credential -> addCredential(secrets, spec.login().mode(), credential));
        spec.java().settings().ifPresent(settings -> secrets.add("settings.xml", bytes(settings.reveal()), READ_OWNER));
        return Optional.of(secrets);
    }

    private static void addWork(FileSet kit, TaskQueue queue) {
        queue.tasks()
                .forEach(task -> kit.add(
                        "prompts/" + task.id() + ".md", bytes(task.prompt().text())));
        queue.check()
                .filter(CheckSpec::isByAgent)
                .ifPresent(check -> kit.add("checks/" + queue.name() + ".sh", bytes(check.command() + "\n")));
    }

    private static void addOptions(FileSet kit, AgentSpec agent) {
        agent.claude().mcpServers().ifPresent(servers -> kit.add("mcp/" + agent.name() + ".json", bytes(servers)));
        agent.claude().settings().ifPresent(settings -> kit.add("settings/" + agent.name() + ".json", bytes(settings)));
    }

    private static void addCredential(FileSet secrets, LoginMode mode, LoginSpec.Credential credential) {
        String secret = credential.secret().reveal();
        if (mode == LoginMode.TOKEN) {
            secrets.add(ClaudeFiles.CREDENTIALS, bytes(tokenFile(secret)), READ_OWNER);
        } else {
            secrets.add("api-key", bytes(secret), READ_OWNER);
        }
    }

    /**
     * Returns the format in which the CLI itself stores a login. Without a refresh token, the CLI never tries to
     * refresh it.
     */
    private static String tokenFile(String token) {
        if (!TOKEN.matcher(token).matches()) {
            throw new InvalidSpecException(
                    "auth.mode",
                    "is token, but what was given is not one (it has characters that no token has)",
                    "Make one with: claude setup-token");
        }
        return "{\"claudeAiOauth\":{\"accessToken\":\"" + token + "\",\"expiresAt\":" + FAR_FUTURE
                + ",\"scopes\":[\"user:inference\"]}}";
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
