package io.github.claudefleet.runtime;

import io.github.claudefleet.claude.ClaudeFiles;
import io.github.claudefleet.claude.FederationProfile;
import io.github.claudefleet.engine.UploadFile;
import io.github.claudefleet.spec.AgentSpec;
import io.github.claudefleet.spec.CheckSpec;
import io.github.claudefleet.spec.ContainerPaths;
import io.github.claudefleet.spec.Federation;
import io.github.claudefleet.spec.FleetSpec;
import io.github.claudefleet.spec.IdentitySource;
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

    private static final int READ_ALL = 0444;
    private static final int READ_OWNER = 0400;
    private static final int ENTER_OWNER = 0700;
    private static final int EXECUTED = 0555;
    /**
     * The year 2100 in epoch milliseconds. The token itself has an expiry, and the file must not have an earlier one.
     */
    private static final long FAR_FUTURE = 4_102_444_800_000L;

    /** Text that the CLI accepts as a key or token, and that no service does. */
    private static final String PLACEHOLDER = "sk-ant-placeholder-the-gateway-has-the-credential";

    private static final Pattern TOKEN = Pattern.compile("[\\x21-\\x7e&&[^\"\\\\]]+");
    private static final List<String> SCRIPTS = List.of(
            "agent.sh",
            "run.sh",
            "instructions.sh",
            "serve.sh",
            "task.sh",
            "fence.sh",
            "signal.sh",
            "keeper.sh",
            "keeper-loop.sh",
            "renew.sh",
            "expose.sh",
            "exchange.sh",
            "identity.sh",
            "identity.mjs",
            "federation-loop.sh",
            "selftest.sh",
            "settle.sh",
            "health.sh",
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
        spec.login().federation().ifPresent(federation -> addProfiles(kit, federation));
        if (spec.agents().stream().anyMatch(spec::hidesCredential)) {
            addPlaceholder(kit, spec.login().mode());
        }
        kit.add("hooks/prepare-commit-msg", KitResources.read("prepare-commit-msg.sh"), EXECUTED);
        spec.containers().caBundle().ifPresent(bundle -> kit.add("ca-bundle.pem", bytes(bundle.pem())));
        spec.work().queues().forEach(queue -> addWork(kit, queue));
        spec.agents().forEach(agent -> addOptions(kit, agent));
        kit.addFolder(ContainerPaths.STATE.substring(ContainerPaths.KIT.length() + 1), ENTER_OWNER);
        return kit;
    }

    /**
     * Returns the fleet's token or key, for {@link ContainerPaths#SECRETS}; empty if there is neither.
     *
     * @throws InvalidSpecException if the token is malformed
     */
    public static Optional<FileSet> secrets(FleetSpec spec) {
        return spec.login().credential().map(credential -> {
            FileSet secrets = new FileSet(spec.user());
            addCredential(secrets, spec.login().mode(), credential);
            return secrets;
        });
    }

    /** Returns what the identity token comes from, for {@link ContainerPaths#IDENTITY}; empty in other modes. */
    public static Optional<FileSet> identity(FleetSpec spec) {
        return spec.login().federation().map(federation -> {
            FileSet files = new FileSet(spec.user());
            if (federation.identity() instanceof IdentitySource.TokenFile file) {
                files.add("given", bytes(file.token().reveal()), READ_OWNER);
            } else if (federation.identity() instanceof IdentitySource.TokenVariable variable) {
                files.add("given", bytes(variable.token().reveal()), READ_OWNER);
            } else if (federation.identity() instanceof IdentitySource.GitHubEndpoint endpoint) {
                files.add("request-url", bytes(endpoint.url()), READ_OWNER);
                files.add("request-token", bytes(endpoint.token().reveal()), READ_OWNER);
            }
            return files;
        });
    }

    /** Adds the CLI's profiles, and what {@code identity.sh} checks or reads. None of it is secret. */
    private static void addProfiles(FileSet kit, Federation federation) {
        String directory = ContainerPaths.FEDERATION.substring(ContainerPaths.KIT.length() + 1) + "/";
        for (FederationProfile profile : FederationProfile.values()) {
            kit.add(directory + "configs/" + profile.value() + ".json", bytes(profile.toJson(federation)));
        }
        kit.add(directory + "audience", bytes(federation.audience()));
        kit.add(directory + "origin", bytes(federation.identity().origin()));
        if (federation.identity() instanceof IdentitySource.TokenFile file) {
            kit.add(directory + "file", bytes(file.path().getFileName().toString()));
        }
    }

    /** Returns Maven's settings with passwords, for {@link ContainerPaths#MAVEN}; empty if agents get none. */
    public static Optional<FileSet> mavenSettings(FleetSpec spec) {
        return spec.java().settings().map(settings -> {
            FileSet files = new FileSet(spec.user());
            files.add("settings.xml", bytes(settings.reveal()), READ_OWNER);
            return files;
        });
    }

    /** Adds files in place of the credential, which the gateway replaces in each request. */
    private static void addPlaceholder(FileSet kit, LoginMode mode) {
        String directory = ContainerPaths.PLACEHOLDER.substring(ContainerPaths.KIT.length() + 1) + "/";
        if (mode == LoginMode.API_KEY) {
            kit.add(directory + "api-key", bytes(PLACEHOLDER));
        } else if (mode == LoginMode.FEDERATION) {
            // The CLI refuses a file of this kind that others can read.
            kit.add(directory + "access-token.json", bytes(FederationProfile.accessToken(PLACEHOLDER)), READ_OWNER);
        } else {
            kit.add(directory + ClaudeFiles.CREDENTIALS, bytes(tokenFile(PLACEHOLDER)));
        }
    }

    /**
     * Returns the file with the id of the trace to which the fleet's run belongs. It is no part of the kit's digest, so
     * that another start keeps both.
     *
     * @param id 32 hexadecimal digits
     */
    public static UploadFile trace(FleetSpec spec, String id) {
        return new UploadFile("trace", bytes(id), READ_ALL, spec.user());
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
