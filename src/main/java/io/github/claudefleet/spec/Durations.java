package io.github.claudefleet.spec;

import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Parser and formatter of durations in short notation: {@code 90}, {@code 90s}, {@code 5m}, {@code 2h}, {@code 500ms},
 * {@code PT5M}.
 */
public final class Durations {

    private static final Pattern FORM = Pattern.compile("(\\d{1,9})\\s*(ms|s|m|h|d)?");
    private static final Duration MOST = Duration.ofDays(30);

    private Durations() {}

    /**
     * Parses a duration.
     *
     * @param parameter name of the parameter, for the error
     * @param text number of seconds, a number with one of the units ms, s, m, h and d, or ISO 8601
     * @throws InvalidSpecException if the text is not a duration, is not above zero, or is above 30 days
     */
    public static Duration parse(String parameter, String text) {
        Duration duration = read(parameter, text.strip());
        if (duration.isNegative() || duration.isZero() || duration.compareTo(MOST) > 0) {
            throw new InvalidSpecException(
                    parameter, "\"" + text + "\" is not between 1ms and 30d", "Write something like 30s, 5m or 2h.");
        }
        return duration;
    }

    /** Formats a duration for people: {@code 850ms}, {@code 42s}, {@code 3m 5s}, {@code 2h 10m}, {@code 3d 4h}. */
    public static String toText(Duration duration) {
        if (duration.toSeconds() < 1) {
            return duration.toMillis() + "ms";
        }
        if (duration.toMinutes() < 1) {
            return duration.toSeconds() + "s";
        }
        if (duration.toHours() < 1) {
            return two(duration.toMinutes(), "m", duration.toSecondsPart(), "s");
        }
        return duration.toDays() < 1
                ? two(duration.toHours(), "h", duration.toMinutesPart(), "m")
                : two(duration.toDays(), "d", duration.toHoursPart(), "h");
    }

    private static String two(long first, String firstUnit, long second, String secondUnit) {
        return first + firstUnit + (second == 0 ? "" : " " + second + secondUnit);
    }

    private static Duration read(String parameter, String text) {
        Matcher matcher = FORM.matcher(text.toLowerCase(Locale.ROOT));
        if (matcher.matches()) {
            long number = Long.parseLong(matcher.group(1));
            return switch (matcher.group(2) == null ? "s" : matcher.group(2)) {
                case "ms" -> Duration.ofMillis(number);
                case "m" -> Duration.ofMinutes(number);
                case "h" -> Duration.ofHours(number);
                case "d" -> Duration.ofDays(number);
                default -> Duration.ofSeconds(number);
            };
        }
        try {
            return Duration.parse(text);
        } catch (DateTimeParseException e) {
            throw new InvalidSpecException(
                    parameter, "\"" + text + "\" is not a duration", "Write something like 30s, 5m or 2h.");
        }
    }
}
