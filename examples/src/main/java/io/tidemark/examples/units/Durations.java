package io.tidemark.examples.units;

import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Durations as people type and read them. Safe from any thread. */
public final class Durations {

    private static final Pattern SHORT_FORM = Pattern.compile("(\\d{1,18})\\s*(ms|s|m|min|h|d)?");

    private Durations() {}

    /**
     * Reads {@code 60s}, {@code 500ms}, {@code 5m}, {@code 1h}, {@code 2d}, a bare number of seconds, or ISO-8601 ({@code PT1M}).
     *
     * @throws IllegalArgumentException if the text is none of these, or negative
     */
    public static Duration parse(String text) {
        String trimmed = text.strip().toLowerCase(Locale.ROOT);
        Matcher matcher = SHORT_FORM.matcher(trimmed);
        try {
            Duration duration = matcher.matches() ? shortForm(matcher) : Duration.parse(trimmed);
            if (!duration.isNegative()) {
                return duration;
            }
        } catch (DateTimeParseException | ArithmeticException e) {
            throw new IllegalArgumentException(reason(text), e);
        }
        throw new IllegalArgumentException(reason(text));
    }

    private static Duration shortForm(Matcher matcher) {
        long number = Long.parseLong(matcher.group(1));
        String unit = matcher.group(2) == null ? "s" : matcher.group(2);
        return switch (unit) {
            case "ms" -> Duration.ofMillis(number);
            case "m", "min" -> Duration.ofMinutes(number);
            case "h" -> Duration.ofHours(number);
            case "d" -> Duration.ofDays(number);
            default -> Duration.ofSeconds(number);
        };
    }

    private static String reason(String text) {
        return "'" + text + "' is no duration: write 60s, 500ms, 5m, 1h, 2d, a number of seconds, or PT1M";
    }

    /** Writes milliseconds in the two largest units that matter: {@code "11 min 24 s"}, {@code "23 h 59 min"}, {@code "250 ms"}. */
    public static String text(long millis) {
        if (millis == Long.MIN_VALUE) {
            return text(-Long.MAX_VALUE);
        }
        if (millis < 0) {
            return "-" + text(-millis);
        }
        if (millis < 1_000) {
            return millis == 0 ? "0 s" : millis + " ms";
        }
        long seconds = millis / 1_000;
        if (seconds < 60) {
            long rest = millis % 1_000;
            return rest == 0 ? seconds + " s" : String.format(Locale.ROOT, "%d.%03d s", seconds, rest);
        }
        if (seconds < 3_600) {
            return pair(seconds / 60, "min", seconds % 60, "s");
        }
        if (seconds < 86_400) {
            return pair(seconds / 3_600, "h", seconds % 3_600 / 60, "min");
        }
        return pair(seconds / 86_400, "d", seconds % 86_400 / 3_600, "h");
    }

    private static String pair(long large, String largeUnit, long small, String smallUnit) {
        String first = large + " " + largeUnit;
        return small == 0 ? first : first + " " + small + " " + smallUnit;
    }
}
