package io.tidemark.operator;

import io.tidemark.aggregate.Aggregation;
import io.tidemark.window.Accumulation;
import io.tidemark.window.LateEvent;
import io.tidemark.window.Trigger;
import io.tidemark.window.WindowArithmetic;
import io.tidemark.window.WindowListener;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * One declared stream of windows: where its key and values lie in a row, which windows, what is computed, who is told.
 *
 * <p>Threads: immutable. Units: the engine's time unit.
 *
 * @param name shown in results, metrics and explanations
 * @param key where a row carries the key
 * @param windows the window arithmetic
 * @param allowedLateness how long after its end a window takes corrections
 * @param trigger when panes are given
 * @param accumulation whether a later pane holds everything or what is new
 * @param ordered whether the results of one window come in the order in which their keys first arrived in it
 * @param aggregation what is computed
 * @param inputColumns where a row carries the inputs of the aggregation's long parts, in their order
 * @param listener gets the panes
 * @param lateHandler gets late and unassigned events; null drops them, counted
 * @param partlyLateHandler gets events that missed some of their windows; null counts them only
 * @param keepEvents whether the audit of late events carries the event itself
 * @param <E> event
 * @param <K> key
 * @param <R> value
 */
public record WindowSpec<E, K, R>(
        String name,
        KeyLocation key,
        WindowArithmetic windows,
        long allowedLateness,
        Trigger trigger,
        Accumulation accumulation,
        boolean ordered,
        Aggregation<? super E, R> aggregation,
        List<Integer> inputColumns,
        WindowListener<K, R> listener,
        @Nullable Consumer<? super LateEvent<K, E>> lateHandler,
        @Nullable Consumer<? super LateEvent<K, E>> partlyLateHandler,
        boolean keepEvents) {

    /**
     * Checks what the types cannot.
     *
     * @throws IllegalArgumentException if lateness is negative or does not fit into a long together with the window
     */
    public WindowSpec {
        if (allowedLateness < 0) {
            throw new IllegalArgumentException("allowed lateness must not be negative, got " + allowedLateness);
        }
        requireRoom(windows, allowedLateness);
    }

    /**
     * Checks that a window's end and the allowed lateness behind it are timestamps.
     *
     * @throws IllegalArgumentException if they do not fit into a long together
     */
    public static void requireRoom(WindowArithmetic windows, long allowedLateness) {
        if (windows.longestWindow() > Long.MAX_VALUE - allowedLateness) {
            throw new IllegalArgumentException("window length " + windows.longestWindow() + " + allowed lateness "
                    + allowedLateness + " does not fit into 64 bits; shorten one of them");
        }
    }
}
