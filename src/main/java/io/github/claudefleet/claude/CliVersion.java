package io.github.claudefleet.claude;

import java.util.Comparator;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Version of the Claude Code CLI, as {@code claude --version} prints it. */
public record CliVersion(int major, int minor, int patch) implements Comparable<CliVersion> {

    /** Oldest supported version. Earlier ones have refresh races that can lose a shared login. */
    public static final CliVersion OLDEST = new CliVersion(2, 1, 225);

    private static final Pattern FORM = Pattern.compile("(\\d{1,6})\\.(\\d{1,6})\\.(\\d{1,6})\\b.*", Pattern.DOTALL);

    /** Parses the version at the beginning of a text; empty if there is none, as a custom CLI may print. */
    public static Optional<CliVersion> parse(String text) {
        Matcher matcher = FORM.matcher(text.strip());
        return matcher.matches()
                ? Optional.of(new CliVersion(number(matcher, 1), number(matcher, 2), number(matcher, 3)))
                : Optional.empty();
    }

    /** Checks whether the version is unsafe for a fleet's login. */
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
