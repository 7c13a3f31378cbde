package io.tidemark.operator;

import io.tidemark.aggregate.Aggregation;
import io.tidemark.window.LateEvent;
import io.tidemark.window.UpdateListener;
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
 * @param windowInput where a row carries what the windows read of an event; -1 if they read the timestamp alone
 * @param allowedLateness how long after its end a window takes corrections
 * @param rules when panes are given and what they hold
 * @param emptyHorizon how long after a key's last window its empty windows give results; 0 for not at all
 * @param ordered whether the results of one window come in the order in which their keys first arrived in it
 * @param aggregation what is computed
 * @param inputColumns where a row carries the inputs of the aggregation's long parts, in their order
 * @param listener gets the panes
 * @param updateListener gets each pane with the one it replaces, instead of the listener; null if nobody asked
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
        int windowInput,
        long allowedLateness,
        PaneRules rules,
        long emptyHorizon,
        boolean ordered,
        Aggregation<? super E, R> aggregation,
        List<Integer> inputColumns,
        WindowListener<K, R> listener,
        @Nullable UpdateListener<K, R> updateListener,
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
