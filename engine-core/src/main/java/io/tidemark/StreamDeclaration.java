package io.tidemark;

import io.tidemark.aggregate.Aggregation;
import io.tidemark.operator.KeyLocation;
import io.tidemark.operator.PaneRules;
import io.tidemark.operator.WindowSpec;
import io.tidemark.time.Timestamps;
import io.tidemark.window.Accumulation;
import io.tidemark.window.ClosingBehavior;
import io.tidemark.window.LateEvent;
import io.tidemark.window.OnTimeBehavior;
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
    final WindowAssigner<? super E> assigner;
    String name;
    private Duration allowedLateness = Duration.ZERO;
    private Trigger trigger = Trigger.afterWatermark();
    private Accumulation accumulation = Accumulation.ACCUMULATING;

    @Nullable
    ClosingBehavior closing;

    OnTimeBehavior onTime = OnTimeBehavior.FIRE_ALWAYS;
    boolean suppressUnchanged;
    long emptyHorizon;
    boolean ordered;

    private @Nullable Aggregation<? super E, R> aggregation;

    boolean lateRule;

    @Nullable
    Consumer<? super LateEvent<K, E>> lateHandler;

    @Nullable
    Consumer<? super LateEvent<K, E>> partlyLateHandler;

    private @Nullable WindowListener<K, R> listener;

    StreamDeclaration(EventTimeEngine<E> engine, KeyLocation key, WindowAssigner<? super E> assigner, String name) {
        this.engine = engine;
        this.key = key;
        this.assigner = Objects.requireNonNull(assigner, "windows");
        this.name = name;
        assigner.in(engine.unit()); // refuses at once what does not fit the unit
        Trigger own = assigner.ownTrigger();
        if (own != null) {
            trigger = own;
            accumulation = Accumulation.DISCARDING;
        }
    }

    /** Before anything is said of these windows: refuses it once they are in use. */
    StreamDeclaration<E, K, R> open() {
        engine.requireUndeclared();
        return this;
    }

    void trigger(Trigger newTrigger) {
        requireNoOwnTrigger("a trigger");
        trigger = newTrigger;
    }

    void accumulation(Accumulation newAccumulation) {
        requireNoOwnTrigger("an accumulation mode");
        accumulation = newAccumulation;
    }

    private void requireNoOwnTrigger(String what) {
        if (assigner.ownTrigger() != null) {
            throw new IllegalStateException(name + ": windows of " + assigner + " bring " + what
                    + " of their own; for another one use tumbling or global windows with Trigger.repeatedly(...)");
        }
    }

    void aggregation(Aggregation<? super E, R> newAggregation) {
        if (aggregation != null) {
            throw new IllegalStateException(
                    name
                            + " has an aggregation already; declare other windows with window(...), or use Aggregators.all(...)");
        }
        aggregation = newAggregation;
    }

    void listener(WindowListener<K, R> newListener) {
        if (listener != null) {
            throw new IllegalStateException(name + " has a listener already; let that one tell the other");
        }
        listener = newListener;
    }

    void allowedLateness(Duration lateness) {
        long units = Timestamps.units(lateness, engine.unit(), "allowed lateness");
        WindowSpec.requireRoom(assigner.in(engine.unit()), units);
        allowedLateness = lateness;
    }

    /** What is computed; it is known that this is not {@link #missing}. */
    Aggregation<? super E, R> aggregation() {
        return Objects.requireNonNull(aggregation);
    }

    /** Who is told; it is known that this is not {@link #missing}. */
    WindowListener<K, R> listener() {
        return Objects.requireNonNull(listener);
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
    WindowSpec<E, K, R> spec(List<Integer> inputColumns, int windowInput, WindowListener<K, R> timed) {
        TimeUnit unit = engine.unit();
        return new WindowSpec<>(
                name,
                key,
                assigner.in(unit),
                windowInput,
                Timestamps.units(allowedLateness, unit, "allowed lateness"),
                PaneRules.of(trigger, accumulation, closing, onTime, suppressUnchanged, unit),
                emptyHorizon,
                ordered,
                aggregation(),
                inputColumns,
                timed,
                null,
                lateHandler,
                partlyLateHandler,
                engine.keepsEvents());
    }

    @Override
    public String toString() {
        return name + " (" + assigner + ", lateness " + allowedLateness + ", " + trigger
                + (accumulation == Accumulation.ACCUMULATING ? "" : ", " + accumulation) + ")";
    }
}
