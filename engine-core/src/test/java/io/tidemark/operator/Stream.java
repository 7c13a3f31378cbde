package io.tidemark.operator;

import io.tidemark.aggregate.Aggregation;
import io.tidemark.aggregate.Aggregators;
import io.tidemark.window.Accumulation;
import io.tidemark.window.ClosingBehavior;
import io.tidemark.window.LateEvent;
import io.tidemark.window.OnTimeBehavior;
import io.tidemark.window.Trigger;
import io.tidemark.window.WindowAssigner;
import io.tidemark.window.WindowListener;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** A stream of windows of a test, as the fluent front door would declare it: a sum of values by long key unless said. */
record Stream(
        String name,
        WindowAssigner<Object> windows,
        KeyLocation.Kind key,
        long lateness,
        Accumulation accumulation,
        Trigger trigger,
        @Nullable ClosingBehavior closing,
        long emptyHorizon,
        boolean ordered) {

    static Stream of(String name, WindowAssigner<Object> windows) {
        return new Stream(
                name,
                windows,
                KeyLocation.Kind.LONG,
                0,
                Accumulation.ACCUMULATING,
                Trigger.afterWatermark(),
                null,
                0,
                false);
    }

    Stream by(KeyLocation.Kind kind) {
        return new Stream(name, windows, kind, lateness, accumulation, trigger, closing, emptyHorizon, ordered);
    }

    Stream lateness(long units) {
        return new Stream(name, windows, key, units, accumulation, trigger, closing, emptyHorizon, ordered);
    }

    Stream discarding() {
        return new Stream(
                name, windows, key, lateness, Accumulation.DISCARDING, trigger, closing, emptyHorizon, ordered);
    }

    Stream silent() {
        return new Stream(name, windows, key, lateness, accumulation, Trigger.never(), closing, emptyHorizon, ordered);
    }

    Stream lateEvery(long events) {
        return new Stream(
                name,
                windows,
                key,
                lateness,
                accumulation,
                Trigger.afterWatermark().lateEvery(events),
                closing,
                emptyHorizon,
                ordered);
    }

    Stream closing(ClosingBehavior behavior) {
        return new Stream(name, windows, key, lateness, accumulation, trigger, behavior, emptyHorizon, ordered);
    }

    Stream emptyWindows(long horizon) {
        return new Stream(name, windows, key, lateness, accumulation, trigger, closing, horizon, ordered);
    }

    Stream inOrder() {
        return new Stream(name, windows, key, lateness, accumulation, trigger, closing, emptyHorizon, true);
    }

    /** The declaration over exact sums, in milliseconds. */
    WindowSpec<Object, Object, Long> spec(
            WindowListener<Object, Long> listener, Consumer<? super LateEvent<Object, Object>> audit) {
        return spec(Aggregators.sumExact(row -> 0), List.of(Row.VALUE_COLUMN), listener, audit);
    }

    /** The declaration over any aggregation. */
    <R> WindowSpec<Object, Object, R> spec(
            Aggregation<? super Object, R> aggregation,
            List<Integer> inputs,
            WindowListener<Object, R> listener,
            Consumer<? super LateEvent<Object, Object>> audit) {
        KeyLocation location = switch (key) {
            case NONE -> KeyLocation.none();
            case LONG -> KeyLocation.longColumn(Row.KEY_COLUMN);
            case OBJECT -> KeyLocation.objectLane(Row.KEY_LANE);
        };
        return new WindowSpec<>(
                name,
                location,
                windows.in(TimeUnit.MILLISECONDS),
                -1,
                lateness,
                PaneRules.of(trigger, accumulation, closing, OnTimeBehavior.FIRE_ALWAYS, false, TimeUnit.MILLISECONDS),
                emptyHorizon,
                ordered,
                aggregation,
                inputs,
                listener,
                null,
                audit,
                audit,
                false);
    }
}
