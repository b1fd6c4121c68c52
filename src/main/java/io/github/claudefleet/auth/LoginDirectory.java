package io.github.claudefleet.auth;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.claudefleet.claude.ClaudeFiles;
import io.github.claudefleet.claude.LoginStatus;
import io.github.claudefleet.claude.LoginStatus.Kind;
import io.github.claudefleet.claude.LoginTimes;
import io.github.claudefleet.host.HostFiles;
import io.github.claudefleet.spec.ContainerUser;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Host's view of the directory in which the CLI stores the login. Only reads: the contents belong to the CLI and are
 * neither copied nor changed.
 */
public final class LoginDirectory {

    /** Parser that rejects trailing text, since the CLI ignores a login with trailing text. */
    private static final ObjectMapper JSON = new ObjectMapper().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);
    /** Maximum size of the file; a real one has about half a kilobyte. */
    private static final long MOST_BYTES = 1L << 20;

    private final Path directory;

    public LoginDirectory(Path directory) {
        this.directory = directory;
    }

    /**
     * Checks the login without a request. Returns a reason why it can't work, or empty if only a request can tell.
     *
     * @param user user that the containers run as
     */
    public Optional<LoginStatus> problem(ContainerUser user) {
        Path file = directory.resolve(ClaudeFiles.CREDENTIALS);
        if (!Files.exists(file, LinkOption.NOFOLLOW_LINKS)) {
            return Optional.of(LoginStatus.of(Kind.ABSENT));
        }
        if (!Files.isRegularFile(file)) {
            return Optional.of(LoginStatus.of(Kind.MALFORMED, file + " is not a file"));
        }
        if (leadsElsewhere(file)) {
            return Optional.of(LoginStatus.of(
                    Kind.MALFORMED, file + " is a link out of its directory, which is all that the containers see"));
        }
        Optional<Integer> owner = HostFiles.uid(followed(file));
        if (owner.isPresent() && owner.get() != user.uid()) {
            return Optional.of(LoginStatus.of(
                    Kind.WRONG_OWNER, file + " is of user " + owner.get() + ", containers run as " + user.uid()));
        }
        if (!HostFiles.ownerReads(file)) {
            return Optional.of(
                    LoginStatus.of(Kind.MALFORMED, file + " has a mode that keeps its own user from reading it"));
        }
        return Files.isReadable(file) ? problemInside(file) : Optional.empty();
    }

    /** Reads the expiry times of the login; unknown if the file holds no login. */
    LoginTimes times() {
        return login().map(LoginTimes::in).orElse(LoginTimes.UNKNOWN);
    }

    /** Checks whether another directory has a copy of this login with the same access token. */
    public boolean isCopiedTo(Path other) {
        return accessToken().equals(new LoginDirectory(other).accessToken());
    }

    private Optional<String> accessToken() {
        return login().map(login -> login.path("accessToken").asText());
    }

    private Optional<JsonNode> login() {
        Path file = directory.resolve(ClaudeFiles.CREDENTIALS);
        try {
            return Files.isRegularFile(file) && Files.size(file) <= MOST_BYTES
                    ? Optional.of(JSON.readTree(Files.readAllBytes(file)).path("claudeAiOauth"))
                    : Optional.empty();
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    /**
     * Checks for a link out of the directory. An absolute link, even to a file beside it, is broken where the directory
     * is mounted.
     */
    private boolean leadsElsewhere(Path file) {
        try {
            return Files.isSymbolicLink(file)
                    && (Files.readSymbolicLink(file).isAbsolute()
                            || !file.toRealPath().startsWith(directory.toRealPath()));
        } catch (IOException e) {
            return true;
        }
    }

    /** Resolves a link, since only the owner of its target counts. */
    private static Path followed(Path file) {
        try {
            return file.toRealPath();
        } catch (IOException e) {
            return file;
        }
    }

    private static Optional<LoginStatus> problemInside(Path file) {
        try {
            if (Files.size(file) > MOST_BYTES) {
                return Optional.of(LoginStatus.of(Kind.MALFORMED, file + " is larger than any login"));
            }
            // Parsed as text: the CLI accepts only UTF-8, but the parser would guess other encodings and skip a byte
            // order mark.
            return problemIn(JSON.readTree(new String(Files.readAllBytes(file), StandardCharsets.UTF_8)), file);
        } catch (JsonProcessingException e) {
            return Optional.of(LoginStatus.of(Kind.MALFORMED, file + " is not complete JSON"));
        } catch (IOException e) {
            return Optional.of(LoginStatus.of(Kind.MALFORMED, file + " can't be read: " + e));
        }
    }

    private static Optional<LoginStatus> problemIn(JsonNode root, Path file) {
        JsonNode login = root.path("claudeAiOauth");
        if (login.isMissingNode() || login.isNull()) {
            return Optional.of(
                    root.isObject()
                            ? LoginStatus.of(Kind.ABSENT, file + " holds no login")
                            : LoginStatus.of(Kind.MALFORMED, file + " holds no login"));
        }
        JsonNode token = login.path("accessToken");
        if (!token.isTextual()) {
            return Optional.of(LoginStatus.of(Kind.MALFORMED, file + " holds a login without an access token"));
        }
        // The CLI blanks a login in place when its refresh is refused.
        return token.asText().isBlank()
                ? Optional.of(LoginStatus.of(Kind.EXPIRED, file + " holds a login that was ended"))
                : Optional.empty();
    }
}
