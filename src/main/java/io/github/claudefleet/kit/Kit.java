package io.github.claudefleet.kit;

import io.github.claudefleet.engine.UploadFile;
import io.github.claudefleet.spec.AgentSpec;
import io.github.claudefleet.spec.ContainerUser;
import io.github.claudefleet.spec.FleetSpec;
import io.github.claudefleet.spec.InvalidSpecException;
import io.github.claudefleet.spec.LoginMode;
import io.github.claudefleet.spec.LoginSpec;
import io.github.claudefleet.spec.Sha256;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * The files that a fleet's containers share through its memory volume. The volume is never written to a disk, so a
 * credential in it ends with the fleet; agents see it read-only.
 */
public final class Kit {

    /** The file that tells which kit a volume holds; written last. */
    public static final String DIGEST = "digest";

    private static final int READ = 0444;
    private static final int READ_OWNER = 0400;
    /** The year 2100 in epoch milliseconds: the token itself knows when it ends, the file must not say earlier. */
    private static final long FAR_FUTURE = 4_102_444_800_000L;

    private static final Pattern TOKEN = Pattern.compile("[\\x21-\\x7e&&[^\"\\\\]]+");
    private static final List<String> SCRIPTS = List.of("agent.sh", "keeper.sh", "selftest.sh", "settle.sh");

    private final ContainerUser owner;
    private final List<UploadFile> files = new ArrayList<>();

    private Kit(ContainerUser owner) {
        this.owner = owner;
    }

    /** The kit of a fleet. */
    public static Kit of(FleetSpec spec) {
        Kit kit = new Kit(spec.user());
        SCRIPTS.forEach(script -> kit.add(script, KitResources.read(script), READ));
        kit.add("home/.claude.json", KitResources.read("claude.json"), READ);
        spec.caBundle().ifPresent(bundle -> kit.add("ca-bundle.pem", bytes(bundle.pem()), READ));
        spec.agents().forEach(kit::addPrompt);
        spec.login()
                .credential()
                .ifPresent(credential -> kit.addCredential(spec.login().mode(), credential));
        return kit;
    }

    /** A hash of everything in it, by which a volume that holds it already is recognised. */
    public String digest() {
        Sha256 hash = new Sha256();
        files.forEach(file -> hash.add(file.toString()).add(file.content()));
        return hash.shortHex();
    }

    /** The files, its digest last. */
    public List<UploadFile> files() {
        List<UploadFile> all = new ArrayList<>(files);
        all.add(new UploadFile(DIGEST, bytes(digest()), READ, owner));
        return all;
    }

    private void addPrompt(AgentSpec agent) {
        agent.prompt().ifPresent(prompt -> add("prompts/" + agent.name() + ".md", bytes(prompt.text()), READ));
    }

    private void addCredential(LoginMode mode, LoginSpec.Credential credential) {
        String secret = credential.secret().reveal();
        if (mode == LoginMode.TOKEN) {
            add("login/.credentials.json", bytes(tokenFile(secret)), READ_OWNER);
        } else {
            add("login/api-key", bytes(secret), READ_OWNER);
            add("home/settings.json", KitResources.read("api-key-settings.json"), READ);
        }
    }

    /** The form in which the CLI itself keeps a login; without a refresh token it never tries to renew it. */
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

    private void add(String path, byte[] content, int mode) {
        files.add(new UploadFile(path, content, mode, owner));
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
