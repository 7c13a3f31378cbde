package io.tidemark.examples.units;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.format.ResolverStyle;
import java.time.temporal.ChronoField;
import java.time.temporal.TemporalAccessor;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Reads and writes points in time as milliseconds since the epoch.
 *
 * <p>A text without offset is wall time of the zone. Where the zone's clock was put forward, the skipped local times are moved later by
 * the length of the gap; where it was put back, a local time that occurred twice is taken as the earlier of the two (summer time). This is
 * {@link LocalDateTime#atZone}'s rule. Dates are strict: 30 February is refused. What is finer than a millisecond is cut off.
 *
 * <p>Immutable and safe from any thread.
 */
public final class TimestampFormat {

    private static final DateTimeFormatter OUTPUT = DateTimeFormatter.ISO_OFFSET_DATE_TIME;

    private final ZoneId zone;
    private final @Nullable DateTimeFormatter formatter;
    private final long millisPerUnit;
    private final String pattern;

    private TimestampFormat(ZoneId zone, @Nullable DateTimeFormatter formatter, long millisPerUnit, String pattern) {
        this.zone = zone;
        this.formatter = formatter;
        this.millisPerUnit = millisPerUnit;
        this.pattern = pattern;
    }

    /**
     * A format by its name or pattern.
     *
     * @param pattern {@code epoch-millis}, {@code epoch-seconds}, {@code iso}, or a {@link DateTimeFormatter} pattern
     * @param zone the zone of texts without offset
     * @throws IllegalArgumentException if the pattern is not understood
     */
    public static TimestampFormat of(String pattern, ZoneId zone) {
        return switch (pattern) {
            case "epoch-millis" -> new TimestampFormat(zone, null, 1, pattern);
            case "epoch-seconds" -> new TimestampFormat(zone, null, 1_000, pattern);
            case "iso" -> new TimestampFormat(zone, DateTimeFormatter.ISO_DATE_TIME, 1, pattern);
            default -> new TimestampFormat(zone, strict(pattern), 1, pattern);
        };
    }

    private static DateTimeFormatter strict(String pattern) {
        // yyyy is year of era: without the era, strict resolving would refuse every date
        return new DateTimeFormatterBuilder()
                .appendPattern(pattern)
                .parseDefaulting(ChronoField.ERA, 1)
                .toFormatter(Locale.ROOT)
                .withResolverStyle(ResolverStyle.STRICT);
    }

    public ZoneId zone() {
        return zone;
    }

    /**
     * Reads one point in time.
     *
     * @throws IllegalArgumentException with the reason, if the text is no point in time of this format
     */
    public long parse(String text) {
        String trimmed = text.strip();
        if (trimmed.isEmpty()) {
            throw new IllegalArgumentException("time is empty");
        }
        try {
            if (formatter == null) {
                return Math.multiplyExact(Long.parseLong(trimmed), millisPerUnit);
            }
            TemporalAccessor parsed = formatter.parse(trimmed);
            Instant instant = parsed.isSupported(ChronoField.INSTANT_SECONDS)
                    ? Instant.from(parsed)
                    : LocalDateTime.from(parsed).atZone(zone).toInstant();
            return instant.toEpochMilli();
        } catch (DateTimeException | NumberFormatException | ArithmeticException e) {
            throw new IllegalArgumentException("time does not read as " + pattern, e);
        }
    }

    /** Writes wall time of the zone with its offset, {@code 2024-01-01T00:46:55-05:00}: never ambiguous. */
    public String text(long epochMillis) {
        return OUTPUT.format(Instant.ofEpochMilli(epochMillis).atZone(zone));
    }
}
