package io.github.claudefleet.spec;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** Builder of a SHA-256 hash, by which existing resources are recognised. */
public final class Sha256 {

    private final MessageDigest digest;

    public Sha256() {
        try {
            digest = MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    /** Adds a text and a separator, so that two texts differ from their concatenation. */
    public Sha256 add(String text) {
        return add(text.getBytes(StandardCharsets.UTF_8)).add(new byte[] {0});
    }

    public Sha256 add(byte[] bytes) {
        digest.update(bytes);
        return this;
    }

    /** Returns the hash's first twelve hexadecimal digits; ends the calculation. */
    public String shortHex() {
        return hex().substring(0, 12);
    }

    /** Returns the hash in hexadecimal digits, as {@code sha256sum} prints it; ends the calculation. */
    public String hex() {
        return HexFormat.of().formatHex(digest.digest());
    }
}
