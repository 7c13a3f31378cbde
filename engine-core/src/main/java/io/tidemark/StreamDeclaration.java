package io.tidemark;

import io.tidemark.aggregate.Aggregation;
import io.tidemark.aggregate.Aggregator;
import io.tidemark.aggregate.CompositeAggregator;
import io.tidemark.aggregate.LongAggregator;
import io.tidemark.operator.KeyLocation;
import io.tidemark.operator.OperatorChain;
import io.tidemark.operator.PaneRules;
import io.tidemark.operator.StreamCounters;
import io.tidemark.operator.WindowSpec;
import io.tidemark.time.Timestamps;
import io.tidemark.window.Accumulation;
import io.tidemark.window.ClosingBehavior;
import io.tidemark.window.LateEvent;
import io.tidemark.window.OnTimeBehavior;
import io.tidemark.window.Trigger;
import io.tidemark.window.UpdateListener;
import io.tidemark.window.WindowAssigner;
import io.tidemark.window.WindowListener;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.IntFunction;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/** What has been said of one stream of windows so far; the stages of the fluent chain fill it in. */
final class StreamDeclaration<E, K, R> {
    private final StreamInput<E> input;
    private final KeyLocation key;
    private final WindowAssigner<? super E> assigner;
    String name;
    private Duration allowedLateness = Duration.ZERO;
    private Trigger trigger = Trigger.afterWatermark();
    private Accumulation accumulation = Accumulation.ACCUMULATING;

    @Nullable
    ClosingBehavior closing;

    OnTimeBehavior onTime = OnTimeBehavior.FIRE_ALWAYS;
    boolean suppressUnchanged;
    boolean ordered;
    private long emptyHorizon;

    private @Nullable Aggregation<? super E, R> aggregation;

    boolean lateRule;

    @Nullable
    Consumer<? super LateEvent<K, E>> lateHandler;

    @Nullable
    Consumer<? super LateEvent<K, E>> partlyLateHandler;

    private @Nullable IntFunction<? extends WindowListener<K, R>> listener;
    private @Nullable UpdateListener<K, R> updateListener;
    private @Nullable ResultInput<K, R> results;

    private final List<Integer> inputColumns = new ArrayList<>();
    private int windowInput = -1;
    private @Nullable WindowSpec<E, K, R> spec;

    StreamDeclaration(StreamInput<E> input, KeyLocation key, WindowAssigner<? super E> assigner, String name) {
        this.input = input;
        this.key = key;
        this.assigner = Objects.requireNonNull(assigner, "windows");
        this.name = name;
        assigner.in(input.unit()); // refuses at once what does not fit the unit
        Trigger own = assigner.ownTrigger();
        if (own != null) {
            trigger = own;
            accumulation = Accumulation.DISCARDING;
        }
    }

    /** Before anything is said of these windows: refuses it once they are in use. */
    StreamDeclaration<E, K, R> open() {
        input.requireOpen();
        return this;
    }

    void trigger(Trigger newTrigger) {
        requireNoOwnTrigger("a trigger");
        trigger = newTrigger;
    }

    void accumulation(Accumulation newAccumulation) {
        requireNoOwnTrigger("an accumulation mode");
        if (updateListener != null) {
            throw new IllegalStateException(name + " tells updates, which need retracting panes; use onResult(...)");
        }
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

    /** Who gets the results of each shard. */
    void listener(IntFunction<? extends WindowListener<K, R>> ofShard) {
        requireNoEnd();
        listener = ofShard;
    }

    /** Updates are told from retracting panes. */
    void updateListener(UpdateListener<K, R> newListener) {
        requireNoEnd();
        if (accumulation == Accumulation.DISCARDING) {
            throw new IllegalStateException(
                    name
                            + " has discarding panes, of which none replaces another; use onResult(...), or leave out discarding()");
        }
        accumulation = Accumulation.RETRACTING;
        updateListener = newListener;
    }

    ResultInput<K, R> results() {
        requireNoEnd();
        results = new ResultInput<>(input.declarations, this);
        return results;
    }

    private void requireNoEnd() {
        if (listener != null || updateListener != null) {
            throw new IllegalStateException(name + " has a listener already; let that one tell the other");
        }
        if (results != null) {
            throw new IllegalStateException(
                    name + " feeds other windows already; keep what results() gave, and declare on it what is needed");
        }
    }

    void emptyWindows(Duration horizon) {
        long units = Timestamps.units(horizon, input.unit(), "horizon of empty windows");
        if (units <= 0) {
            throw new IllegalArgumentException("horizon of empty windows must be positive, got " + horizon);
        }
        emptyHorizon = units;
    }

    void allowedLateness(Duration lateness) {
        long units = Timestamps.units(lateness, input.unit(), "allowed lateness");
        WindowSpec.requireRoom(assigner.in(input.unit()), units);
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
        if (results != null) {
            return results.isUsed() ? null : "window(...) on results()";
        }
        return listener == null && updateListener == null ? "onResult(...)" : null;
    }

    /** Lets rows carry what is read of an event; it is known that nothing is {@link #missing}. */
    void layOut() {
        inputColumns.clear();
        Aggregation<? super E, R> whole = Objects.requireNonNull(aggregation);
        List<? extends Aggregation<?, ?>> parts =
                whole instanceof CompositeAggregator<?> all ? all.parts() : List.of(whole);
        for (Aggregation<?, ?> part : parts) {
            if (part instanceof LongAggregator<?, ?> longs) {
                for (ToLongFunction<?> read : longs.inputs()) {
                    inputColumns.add(input.layout.column(ofEvents(read)));
                }
            } else if (part instanceof Aggregator<?, ?, ?>) {
                input.layout.carryEvents();
            }
        }
        List<? extends ToLongFunction<?>> read = assigner.inputs();
        windowInput = read.isEmpty() ? -1 : input.layout.column(ofEvents(read.get(0)));
    }

    @SuppressWarnings("unchecked") // a part of an Aggregation<? super E, R> reads events of type E
    private ToLongFunction<? super E> ofEvents(ToLongFunction<?> read) {
        return (ToLongFunction<? super E>) read;
    }

    /** Where the sources' rows carry its key; null if its rows are results. */
    @Nullable
    KeyLocation sourceKey() {
        return input.origin() == null ? key : null;
    }

    /** Whether several shards would each have a part of its keys. */
    boolean isSplit() {
        return input.isSplitBy(key);
    }

    /** Refuses several shards where results of all of them would have to meet. */
    void requireOneShard(int shards) {
        if (input.origin() != null && isSplit()) {
            throw new IllegalStateException(name + " reads the results of " + input.origin() + ", which come from "
                    + shards
                    + " shards, each with keys of its own; build this engine with shards(1), or let onResult(...)"
                    + " publish to a second engine");
        }
    }

    /** Puts the declaration in whole units for one shard; what every row carries is known now. */
    void specify(EngineLoop loop, int shard) {
        TimeUnit unit = input.unit();
        UpdateListener<K, R> updates = updateListener;
        spec = new WindowSpec<>(
                name,
                key,
                assigner.in(unit),
                windowInput,
                Timestamps.units(allowedLateness, unit, "allowed lateness"),
                PaneRules.of(trigger, accumulation, closing, onTime, suppressUnchanged, unit),
                emptyHorizon,
                ordered,
                Objects.requireNonNull(aggregation),
                inputColumns,
                told(loop, shard),
                updates == null ? null : new TimedUpdateListener<>(updates, name, new CallbackTimer(loop)),
                lateHandler,
                partlyLateHandler,
                input.keepsEvents());
    }

    private WindowListener<K, R> told(EngineLoop loop, int shard) {
        if (results != null) {
            return results.listener(loop.chain);
        }
        return listener == null
                ? result -> {}
                : new TimedListener<>(
                        Objects.requireNonNull(listener.apply(shard), "the listener of a shard"),
                        new CallbackTimer(loop));
    }

    /** Adds it to the operators; it is specified. */
    StreamCounters addTo(OperatorChain chain) {
        return input.add(chain, Objects.requireNonNull(spec));
    }

    @Override
    public String toString() {
        String origin = input.origin();
        return name + " (" + (origin == null ? "" : "results of " + origin + ", ") + assigner + ", lateness "
                + allowedLateness + ", " + trigger
                + (accumulation == Accumulation.ACCUMULATING ? "" : ", " + accumulation) + ")";
    }
}
