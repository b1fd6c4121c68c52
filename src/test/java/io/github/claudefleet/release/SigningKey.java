package io.github.claudefleet.release;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * Key that signs nothing outside of a test.
 *
 * @param home GnuPG's directory, which has only this key
 */
record SigningKey(Path home) {

    /** Creates a key in a directory with a short path: the agent's socket in it has at most 107 characters. */
    static SigningKey create() throws IOException, InterruptedException {
        SigningKey key = new SigningKey(Files.createTempDirectory(Path.of("/tmp"), "gpg"));
        key.run(
                "gpg",
                "--batch",
                "--passphrase",
                "",
                "--quick-gen-key",
                "Test <test@localhost>",
                "rsa2048",
                "sign",
                "1d");
        return key;
    }

    Map<String, String> environment() {
        return Map.of("GNUPGHOME", home.toString());
    }

    /** Fails if the signature is not one of this key for the file. */
    void verify(Path signature, Path file) throws IOException, InterruptedException {
        run("gpg", "--batch", "--verify", signature.toString(), file.toString());
    }

    /** Removes the key, and ends the agent that GnuPG started for it. */
    void remove() throws IOException, InterruptedException {
        run("gpgconf", "--kill", "gpg-agent");
        ReleaseBuild.run(home.getParent(), Map.of(), List.of("rm", "-rf", home.toString()));
    }

    private void run(String... command) throws IOException, InterruptedException {
        ReleaseBuild.run(home, environment(), List.of(command));
    }
}
