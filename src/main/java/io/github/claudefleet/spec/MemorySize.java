package io.github.claudefleet.spec;

import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Amount of memory in bytes, in the notation of Docker's command line: {@code 512m}, {@code 2g}. */
public record MemorySize(long bytes) {

    private static final Pattern FORM = Pattern.compile("(\\d{1,15})\\s*(?:b|([kmgt])(?:i?b)?)?");
    private static final Map<String, Long> UNITS =
            Map.of("", 1L, "k", 1L << 10, "m", 1L << 20, "g", 1L << 30, "t", 1L << 40);
    /** Minimum: Docker Engine refuses less than 6 MiB; the Claude Code CLI needs about 300 MiB at its peak. */
    private static final long LEAST = 64L << 20;

    private static final long MOST = 64L << 40;

    /**
     * Parses a size.
     *
     * @param parameter name of the parameter, for the error
     * @throws InvalidSpecException if the text isn't a size, or is below 64 MiB or above 64 TiB
     */
    public static MemorySize parse(String parameter, String text) {
        Matcher matcher = FORM.matcher(text.strip().toLowerCase(Locale.ROOT));
        if (!matcher.matches()) {
            throw new InvalidSpecException(
                    parameter, "\"" + text + "\" is not a size", "Write a number and a unit, such as 512m or 2g.");
        }
        long unit = UNITS.get(matcher.group(2) == null ? "" : matcher.group(2));
        long number = Long.parseLong(matcher.group(1));
        if (number > MOST / unit || number * unit < LEAST) {
            throw new InvalidSpecException(
                    parameter,
                    "\"" + text + "\" is outside what an agent can have (64m to 64t)",
                    "An agent that waits for answers takes about 300m; 2g is the default.");
        }
        return new MemorySize(number * unit);
    }

    /** Formats the size for people, such as {@code 512 MiB}, {@code 2 GiB} or {@code 80.5 GiB}. */
    public String describe() {
        if (bytes < 1L << 30) {
            return (bytes >> 20) + " MiB";
        }
        String gibibytes = String.format(Locale.ROOT, "%.1f", bytes / (double) (1L << 30));
        return (gibibytes.endsWith(".0") ? gibibytes.substring(0, gibibytes.length() - 2) : gibibytes) + " GiB";
    }

    @Override
    public String toString() {
        if (bytes % (1L << 20) != 0) {
            return bytes + "b";
        }
        return bytes % (1L << 30) == 0 ? (bytes >> 30) + "g" : (bytes >> 20) + "m";
    }
}
