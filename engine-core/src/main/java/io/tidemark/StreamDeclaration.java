package io.tidemark;

import io.tidemark.aggregate.Aggregation;
import io.tidemark.operator.KeyLocation;
import io.tidemark.operator.WindowSpec;
import io.tidemark.time.Timestamps;
import io.tidemark.window.Accumulation;
import io.tidemark.window.LateEvent;
import io.tidemark.window.Trigger;
import io.tidemark.window.WindowAssigner;
import io.tidemark.window.WindowListener;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** What has been said of one stream of windows so far; the stages of the fluent chain fill it in. */
final class StreamDeclaration<E, K, R> {
    final EventTimeEngine<E> engine;
    final KeyLocation key;
    final WindowAssigner assigner;
    String name;
    private Duration allowedLateness = Duration.ZERO;
    Trigger trigger = Trigger.afterWatermark();
    Accumulation accumulation = Accumulation.ACCUMULATING;
    boolean ordered;

    @Nullable
    Aggregation<? super E, R> aggregation;

    boolean lateRule;

    @Nullable
    Consumer<? super LateEvent<K, E>> lateHandler;

    @Nullable
    Consumer<? super LateEvent<K, E>> partlyLateHandler;

    @Nullable
    WindowListener<K, R> listener;

    StreamDeclaration(EventTimeEngine<E> engine, KeyLocation key, WindowAssigner assigner, String name) {
        this.engine = engine;
        this.key = key;
        this.assigner = Objects.requireNonNull(assigner, "windows");
        this.name = name;
        assigner.in(engine.unit()); // refuses at once what does not fit the unit
    }

    void allowedLateness(Duration lateness) {
        long units = Timestamps.units(lateness, engine.unit(), "allowed lateness");
        WindowSpec.requireRoom(assigner.in(engine.unit()), units);
        allowedLateness = lateness;
    }

    /** What the chain still lacks, as the call that adds it; null if it is complete. */
    @Nullable
    String missing() {
        if (aggregation == null) {
            return "aggregate(...)";
        }
        if (!lateRule) {
            return "onLate(...) or dropLate()";
        }
        return listener == null ? "onResult(...)" : null;
    }

    /** The finished declaration, its values laid out in rows. */
    WindowSpec<E, K, R> spec(List<Integer> inputColumns, WindowListener<K, R> timed) {
        TimeUnit unit = engine.unit();
        return new WindowSpec<>(
                name,
                key,
                assigner.in(unit),
                Timestamps.units(allowedLateness, unit, "allowed lateness"),
                trigger,
                accumulation,
                ordered,
                Objects.requireNonNull(aggregation),
                inputColumns,
                timed,
                lateHandler,
                partlyLateHandler,
                engine.keepsEvents());
    }

    @Override
    public String toString() {
        return name + " (" + assigner + ", lateness " + allowedLateness + ", " + trigger
                + (accumulation == Accumulation.DISCARDING ? ", discarding" : "") + ")";
    }
}
