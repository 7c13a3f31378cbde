package io.tidemark.testing;

import io.tidemark.time.Timestamps;
import java.time.Duration;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * Events in order of arrival, which is not that of their timestamps: some late, some twice, as its {@link #builder} was
 * told. The same seed and settings give the same events on every machine and every JDK; no clock is read.
 *
 * <pre>{@code
 * OutOfOrderStream stream = OutOfOrderStream.builder(42)
 *         .events(1_000)
 *         .keys(8)
 *         .outOfOrderness(Duration.ofSeconds(10))
 *         .stragglers(0.02, Duration.ofMinutes(5))
 *         .build();
 * var engine = SteppedEngine.of(EventTimeEngine.<GeneratedEvent>builder("generated")
 *         .timestamp(GeneratedEvent::timestamp)
 *         .watermark(WatermarkStrategy.boundedOutOfOrderness(Duration.ofSeconds(10))));
 * engine.engine()
 *         .keyByLong(GeneratedEvent::key)
 *         .window(Windows.tumbling(Duration.ofMinutes(1)))
 *         .named("volume")
 *         .aggregate(Aggregators.sumExact(GeneratedEvent::value))
 *         .onLate(engine.lateEvents())
 *         .onResult(engine.results());
 * engine.start();
 * stream.forEach(engine::publish);
 * engine.complete();
 *
 * long late = stream.late(Duration.ofSeconds(10), Duration.ofMinutes(1), Duration.ZERO);
 * assert engine.metrics().stream("volume").late() == late : stream;
 * EngineLaws.check(engine);
 * }</pre>
 *
 * <p>An event arrives at most the out-of-orderness after its timestamp, unless it is a straggler. So under
 * {@code boundedOutOfOrderness} of that length no event but a straggler is behind the watermark.
 *
 * <p>With an engine that reads a real clock, or a stream longer than its {@code maxFutureSkew}, say {@code
 * processingTime(GeneratedEvent::arrival)} on the engine's builder, or the events are refused as coming from the
 * future.
 *
 * <p>Threads: immutable. Units: milliseconds unless the builder says otherwise. Cost: all events are kept, some 80
 * bytes each.
 */
public final class OutOfOrderStream implements Iterable<GeneratedEvent> {
    private final String description;
    private final TimeUnit unit;
    private final List<GeneratedEvent> events;

    OutOfOrderStream(String description, TimeUnit unit, List<GeneratedEvent> events) {
        this.description = description;
        this.unit = unit;
        this.events = List.copyOf(events);
    }

    /** A stream that the seed and the settings determine: 1,000 events of one key, in order, unless more is said. */
    public static OutOfOrderStreamBuilder builder(long seed) {
        return new OutOfOrderStreamBuilder(seed);
    }

    /** All events, duplicates included, in order of arrival. */
    public List<GeneratedEvent> events() {
        return events;
    }

    /** As {@link #events()}, to be mapped to events of one's own. */
    public Stream<GeneratedEvent> stream() {
        return events.stream();
    }

    @Override
    public Iterator<GeneratedEvent> iterator() {
        return events.iterator();
    }

    /**
     * How many events are behind the watermark when they arrive, with {@code boundedOutOfOrderness(delay)} and one
     * source. Whether they are lost depends on the windows; see {@link #late}.
     *
     * @throws IllegalArgumentException if negative or no whole number of units
     */
    public long behind(Duration delay) {
        return count(delay, (timestamp, watermark) -> timestamp < watermark);
    }

    /**
     * How many events go to the late handler of {@code tumbling(size)} with this allowed lateness, with {@code
     * boundedOutOfOrderness(delay)} updated at every event, and one source.
     *
     * @throws IllegalArgumentException if a duration is negative or no whole number of units, or the size zero
     */
    public long late(Duration delay, Duration size, Duration allowedLateness) {
        long step = OutOfOrderStreamBuilder.units(size, unit, "window size");
        if (step == 0) {
            throw new IllegalArgumentException("window size must be positive, got " + size);
        }
        long lateness = OutOfOrderStreamBuilder.units(allowedLateness, unit, "allowed lateness");
        return count(
                delay,
                (timestamp, watermark) -> Timestamps.add(Timestamps.next(timestamp, step, 0), lateness) <= watermark);
    }

    private long count(Duration delay, Judgement tooLate) {
        long bound = OutOfOrderStreamBuilder.units(delay, unit, "delay");
        long watermark = Timestamps.NONE;
        long count = 0;
        for (GeneratedEvent event : events) {
            if (tooLate.on(event.timestamp(), watermark)) {
                count++;
            }
            watermark = Math.max(watermark, Timestamps.subtract(event.timestamp(), bound));
        }
        return count;
    }

    /** The settings, the seed first: with it a failed test can be repeated. */
    @Override
    public String toString() {
        return description;
    }

    private interface Judgement {
        boolean on(long timestamp, long watermark);
    }
}
