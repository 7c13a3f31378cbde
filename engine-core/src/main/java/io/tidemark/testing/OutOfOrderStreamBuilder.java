package io.tidemark.testing;

import io.tidemark.time.Timestamps;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;

/**
 * The settings of an {@link OutOfOrderStream}. Each has draws of its own: to change one leaves alone what the others
 * decided, as far as it does not follow from it.
 *
 * <p>Threads: belongs to one thread. Errors: an impossible setting is an {@link IllegalArgumentException} that names
 * it.
 */
public final class OutOfOrderStreamBuilder {
    private static final long FIRST_TIMESTAMP = Timestamps.NONE + 1;
    private static final long LAST_TIMESTAMP = Timestamps.END_OF_TIME - 1;

    private final long seed;
    private Instant start = Instant.parse("2026-01-01T00:00:00Z");
    private TimeUnit unit = TimeUnit.MILLISECONDS;
    private int events = 1_000;
    private Duration meanDistance = Duration.ofSeconds(1);
    private KeyDistribution keys = KeyDistribution.of(1, 0);
    private long smallestValue = 1;
    private long largestValue = 1_000;
    private Duration outOfOrderness = Duration.ZERO;
    private double stragglers;
    private Duration furtherDelay = Duration.ZERO;
    private double duplicates;
    private int burst;
    private Duration pause = Duration.ZERO;

    OutOfOrderStreamBuilder(long seed) {
        this.seed = seed;
    }

    /**
     * The timestamp of the first event; 2026-01-01T00:00:00Z unless said, where a {@link VirtualClock} stands at
     * first.
     */
    public OutOfOrderStreamBuilder start(Instant first) {
        start = Objects.requireNonNull(first, "start");
        return this;
    }

    /** The unit of the timestamps, SECONDS or finer; milliseconds unless said. */
    public OutOfOrderStreamBuilder timeUnit(TimeUnit newUnit) {
        if (newUnit.convert(1, TimeUnit.SECONDS) == 0) {
            throw new IllegalArgumentException(
                    "time unit " + newUnit + " is coarser than a second; use SECONDS or finer");
        }
        unit = newUnit;
        return this;
    }

    /** How many events, duplicates not counted; 1,000 unless said. */
    public OutOfOrderStreamBuilder events(int count) {
        if (count < 0) {
            throw new IllegalArgumentException("the number of events must not be negative, got " + count);
        }
        events = count;
        return this;
    }

    /**
     * How far apart in event time two neighbours are on average: evenly from zero to twice as much; a second unless
     * said.
     */
    public OutOfOrderStreamBuilder meanDistance(Duration distance) {
        meanDistance = notNegative(distance, "mean distance");
        return this;
    }

    /** So many keys, numbered from 0, all alike; one unless said. */
    public OutOfOrderStreamBuilder keys(int count) {
        return keys(count, 0);
    }

    /**
     * So many keys, numbered from 0, the lower the more frequent: key {@code k} comes in proportion to {@code 1 / (k +
     * 1)^skew}. Skew 1 is Zipf's law.
     *
     * @param skew 0 (all alike) to 100
     */
    public OutOfOrderStreamBuilder keys(int count, double skew) {
        keys = KeyDistribution.of(count, skew);
        return this;
    }

    /** The range of the values, both ends included, all alike; 1 to 1,000 unless said. */
    public OutOfOrderStreamBuilder values(long smallest, long largest) {
        if (smallest > largest) {
            throw new IllegalArgumentException(
                    "the values need smallest <= largest, got " + smallest + " to " + largest);
        }
        smallestValue = smallest;
        largestValue = largest;
        return this;
    }

    /**
     * How long after its timestamp an event arrives: evenly from zero to {@code bound}, both included; zero, that is
     * in order, unless said.
     */
    public OutOfOrderStreamBuilder outOfOrderness(Duration bound) {
        outOfOrderness = notNegative(bound, "out-of-orderness");
        return this;
    }

    /**
     * Lets some events arrive later than the out-of-orderness allows: by one unit to {@code furtherDelay} more. One
     * that nothing overtook is not behind the watermark all the same; {@link OutOfOrderStream#behind} counts.
     *
     * @param share of the events, 0 to 1; none unless said
     */
    public OutOfOrderStreamBuilder stragglers(double share, Duration furtherDelay) {
        double checked = share(share, "stragglers");
        if (notNegative(furtherDelay, "further delay of stragglers").isZero()) {
            throw new IllegalArgumentException("the further delay of stragglers must be positive, got " + furtherDelay);
        }
        stragglers = checked;
        this.furtherDelay = furtherDelay;
        return this;
    }

    /**
     * Lets some events arrive a second time, after the first and within the same bound.
     *
     * @param share of the events, 0 to 1; none unless said
     */
    public OutOfOrderStreamBuilder duplicates(double share) {
        duplicates = share(share, "duplicates");
        return this;
    }

    /**
     * After every {@code count} events nothing happens for {@code pause}, besides their usual distance; never unless
     * said.
     */
    public OutOfOrderStreamBuilder bursts(int count, Duration pause) {
        if (count < 1) {
            throw new IllegalArgumentException("a burst needs at least 1 event, got " + count);
        }
        this.pause = notNegative(pause, "pause");
        burst = count;
        return this;
    }

    /**
     * Makes the stream.
     *
     * @throws IllegalArgumentException if a duration is no whole number of units
     */
    public OutOfOrderStream build() {
        return new OutOfOrderStream(describe(), unit, generate());
    }

    private List<GeneratedEvent> generate() {
        long longestDistance = Timestamps.multiply(2, units(meanDistance, unit, "mean distance"));
        long pauseUnits = units(pause, unit, "pause");
        long bound = units(outOfOrderness, unit, "out-of-orderness");
        long furtherUnits = units(furtherDelay, unit, "further delay of stragglers");

        // the order of these lines is part of what a seed means
        SeededDraws seeds = new SeededDraws(seed);
        SeededDraws distanceDraws = seeds.branch();
        SeededDraws keyDraws = seeds.branch();
        SeededDraws valueDraws = seeds.branch();
        SeededDraws delayDraws = seeds.branch();
        SeededDraws stragglerDraws = seeds.branch();
        SeededDraws duplicateDraws = seeds.branch();

        List<GeneratedEvent> generated = new ArrayList<>();
        long time = Timestamps.fromInstant(start, unit);
        for (int number = 0; number < events; number++) {
            if (number > 0) {
                time = Timestamps.add(time, distanceDraws.between(0, longestDistance));
                time = Timestamps.add(time, burst > 0 && number % burst == 0 ? pauseUnits : 0);
            }
            long timestamp = Math.max(FIRST_TIMESTAMP, Math.min(time, LAST_TIMESTAMP));
            long key = keys.draw(keyDraws);
            long value = valueDraws.between(smallestValue, largestValue);

            long delay = delayDraws.between(0, bound);
            long longestDelay = bound;
            boolean straggler = stragglerDraws.chance(stragglers);
            if (straggler) {
                delay = Timestamps.add(bound, stragglerDraws.between(1, furtherUnits));
                longestDelay = Timestamps.add(bound, furtherUnits);
            }
            long arrival = Timestamps.add(timestamp, delay);
            generated.add(new GeneratedEvent(number, timestamp, arrival, key, value, straggler, false));
            if (duplicateDraws.chance(duplicates)) {
                long again = Timestamps.add(timestamp, duplicateDraws.between(delay, longestDelay));
                generated.add(new GeneratedEvent(number, timestamp, again, key, value, straggler, true));
            }
        }
        // stable: what arrives at the same time keeps the order of its timestamps, an original before its duplicate
        generated.sort(Comparator.comparingLong(GeneratedEvent::arrival));
        return generated;
    }

    private String describe() {
        StringBuilder text = new StringBuilder("OutOfOrderStream[seed ").append(seed);
        text.append(", ").append(events).append(" events from ").append(start);
        text.append(" in ").append(unit).append(", mean distance ").append(meanDistance);
        if (burst > 0) {
            text.append(", bursts of ").append(burst).append(" and pauses of ").append(pause);
        }
        text.append(", ").append(keys);
        text.append(", values ").append(smallestValue).append(" to ").append(largestValue);
        text.append(", out-of-orderness ").append(outOfOrderness);
        if (stragglers > 0) {
            text.append(", stragglers ").append(stragglers).append(" up to ").append(furtherDelay);
            text.append(" later");
        }
        if (duplicates > 0) {
            text.append(", duplicates ").append(duplicates);
        }
        return text.append(']').toString();
    }

    /** A duration in whole units, not negative. */
    static long units(Duration duration, TimeUnit unit, String what) {
        return Timestamps.units(notNegative(duration, what), unit, what);
    }

    private static Duration notNegative(Duration duration, String what) {
        if (Objects.requireNonNull(duration, what).isNegative()) {
            throw new IllegalArgumentException(what + " must not be negative, got " + duration);
        }
        return duration;
    }

    private static double share(double share, String what) {
        if (!(share >= 0 && share <= 1)) {
            throw new IllegalArgumentException("the share of " + what + " must be 0 to 1, got " + share);
        }
        return share;
    }
}
