package io.github.claudefleet.task;

import io.github.claudefleet.claude.CredentialRedactor;
import java.util.regex.Pattern;

/**
 * Text of other origin as a part of a prompt: between tags that it can't close, bounded, and without what looks like a
 * credential. So it is recognizable as data, not as an instruction.
 */
final class QuotedData {

    /** Colours and other control characters of a terminal. */
    private static final Pattern CONTROL = Pattern.compile("\u001B\\[[0-9;]*[A-Za-z]|[\\p{Cc}&&[^\\n\\t]]");

    private QuotedData() {}

    /** Returns the beginning of the text between tags of this name. */
    static String of(String name, String text, int most) {
        String plain = plain(name, text);
        return tagged(name, plain.length() <= most ? plain : plain.substring(0, most) + "\n[cut]");
    }

    /** Returns the end of the text between tags of this name. */
    static String lastOf(String name, String text, int most) {
        String plain = plain(name, text);
        return tagged(name, plain.length() <= most ? plain : "[cut]\n" + plain.substring(plain.length() - most));
    }

    private static String plain(String name, String text) {
        return CredentialRedactor.text(CONTROL.matcher(text).replaceAll(""))
                .replaceAll("(?i)<(/?\\s*" + name + ")", "&lt;$1")
                .strip();
    }

    private static String tagged(String name, String text) {
        return "<" + name + ">\n" + text + "\n</" + name + ">";
    }
}
