package io.tidemark;

import io.tidemark.time.Timestamps;
import java.time.Instant;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/**
 * Builds an engine for events that are objects. Two settings are required: where the timestamp is, and how the watermark follows.
 *
 * <p>Threads: belongs to one thread. Errors: {@link #build} refuses what is missing or contradictory with an
 * {@link IllegalArgumentException} that names the setting.
 *
 * @param <E> event
 */
public final class EngineBuilder<E> extends EngineSettings<E, EngineBuilder<E>> {
    private @Nullable Function<? super E, Instant> instant;

    EngineBuilder(String name) {
        super(name);
    }

    @Override
    EngineBuilder<E> self() {
        return this;
    }

    /** Reads an event's time, a count of the engine's unit since 1970-01-01T00:00Z. Runs on the publishing thread. */
    public EngineBuilder<E> timestamp(ToLongFunction<? super E> extractor) {
        timestamp = Objects.requireNonNull(extractor, "timestamp extractor");
        instant = null;
        return this;
    }

    /** Reads an event's time; what is finer than the engine's unit is rounded towards the past. */
    public EngineBuilder<E> timestampInstant(Function<? super E, Instant> extractor) {
        instant = Objects.requireNonNull(extractor, "timestamp extractor");
        timestamp = null;
        return this;
    }

    /**
     * The engine, to declare windows on.
     *
     * @throws IllegalArgumentException if timestamp or watermark is missing, or a duration is no whole number of units
     */
    public EventTimeEngine<E> build() {
        Function<? super E, Instant> fromInstant = instant;
        if (fromInstant != null) {
            TimeUnit chosen = unit;
            timestamp = event -> Timestamps.fromInstant(
                    Objects.requireNonNull(fromInstant.apply(event), "timestampInstant gave null"), chosen);
        }
        if (timestamp == null) {
            throw new IllegalArgumentException(
                    "the engine does not know an event's time; say .timestamp(Payment::occurredAt) for a long, .timestampInstant(...) for an Instant");
        }
        return new EventTimeEngine<>(config(), new RowLayout<>(java.util.List.of()));
    }
}
