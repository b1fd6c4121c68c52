package io.github.claudefleet.spec;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** Formats a time in the reader's own time zone, with its distance from now. */
public final class LocalTimes {

    private static final DateTimeFormatter FORM = DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm z", Locale.ENGLISH);

    private LocalTimes() {}

    /** Formats a time, such as {@code 2026-11-24 18:30 CET (in 2h 58m)} or {@code … (3h ago)}. */
    public static String toText(Instant time, Instant now) {
        return toText(time, now, ZoneId.systemDefault());
    }

    static String toText(Instant time, Instant now, ZoneId zone) {
        Duration left = Duration.between(now, time);
        String distance =
                left.isNegative() ? Durations.toText(left.negated()) + " ago" : "in " + Durations.toText(left);
        return FORM.format(time.atZone(zone)) + " (" + distance + ")";
    }
}
