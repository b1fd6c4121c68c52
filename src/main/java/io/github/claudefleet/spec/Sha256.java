package io.github.claudefleet.spec;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** A SHA-256 hash in the making, by which things that were made before are recognised. */
public final class Sha256 {

    private final MessageDigest digest;

    public Sha256() {
        try {
            digest = MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    /** Adds a text and a separator, so that two texts don't count as their concatenation. */
    public Sha256 add(String text) {
        return add(text.getBytes(StandardCharsets.UTF_8)).add(new byte[] {0});
    }

    public Sha256 add(byte[] bytes) {
        digest.update(bytes);
        return this;
    }

    /** The hash's first twelve hexadecimal digits; ends the making. */
    public String shortHex() {
        return hex().substring(0, 12);
    }

    /** The hash in hexadecimal digits, as {@code sha256sum} prints it; ends the making. */
    public String hex() {
        return HexFormat.of().formatHex(digest.digest());
    }
}
