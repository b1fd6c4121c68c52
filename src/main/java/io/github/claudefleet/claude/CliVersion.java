package io.github.claudefleet.claude;

import java.util.Comparator;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A version of the Claude Code CLI, as {@code claude --version} prints it. */
public record CliVersion(int major, int minor, int patch) implements Comparable<CliVersion> {

    /** Below it the CLI has refresh races that can lose a shared login; later ones mend them. */
    public static final CliVersion OLDEST = new CliVersion(2, 1, 225);

    private static final Pattern FORM = Pattern.compile("(\\d{1,6})\\.(\\d{1,6})\\.(\\d{1,6})\\b.*", Pattern.DOTALL);

    /** The version that a text begins with; empty where it begins with something else, as a CLI of one's own may. */
    public static Optional<CliVersion> parse(String text) {
        Matcher matcher = FORM.matcher(text.strip());
        return matcher.matches()
                ? Optional.of(new CliVersion(number(matcher, 1), number(matcher, 2), number(matcher, 3)))
                : Optional.empty();
    }

    /** Whether a fleet's login is not safe with it. */
    public boolean isTooOld() {
        return compareTo(OLDEST) < 0;
    }

    @Override
    public int compareTo(CliVersion other) {
        return Comparator.comparingInt(CliVersion::major)
                .thenComparingInt(CliVersion::minor)
                .thenComparingInt(CliVersion::patch)
                .compare(this, other);
    }

    @Override
    public String toString() {
        return major + "." + minor + "." + patch;
    }

    private static int number(Matcher matcher, int group) {
        return Integer.parseInt(matcher.group(group));
    }
}
