package io.tidemark;

import io.tidemark.window.LateEvent;
import io.tidemark.window.UpdateListener;
import io.tidemark.window.WindowListener;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.function.IntFunction;

/**
 * The last stage: who gets the results. Exactly one of {@link #onResult}, {@link #onUpdate} and {@link #results} ends the chain.
 *
 * <p>Threads: belongs to the thread that declares.
 *
 * @param <E> event
 * @param <K> key
 * @param <R> value
 */
public final class ResultStage<E, K, R> {
    private final StreamDeclaration<E, K, R> declaration;

    ResultStage(StreamDeclaration<E, K, R> declaration) {
        this.declaration = declaration;
    }

    /**
     * Gets events that came too late for some of their sliding windows and count in the others, once per event, with the last window
     * that was missed. How many windows were missed is counted in any case.
     */
    public ResultStage<E, K, R> onPartlyLate(Consumer<? super LateEvent<K, E>> handler) {
        declaration.open().partlyLateHandler = Objects.requireNonNull(handler, "partly late handler");
        return this;
    }

    /**
     * Gets every pane; see {@link WindowListener} for the rules. Ends the chain.
     *
     * @throws IllegalStateException if the chain has an end already
     */
    public void onResult(WindowListener<K, R> listener) {
        Objects.requireNonNull(listener, "listener");
        declaration.open().listener(shard -> listener);
    }

    /**
     * Gets every pane with a listener for each shard, which then needs no lock: all results of a shard, and so all of a key, come to the
     * same one, from one thread. Ends the chain.
     *
     * <pre>{@code
     * .dropLate()
     * .onResultPerShard(shard -> r -> reports.get(shard).add(r.key(), r.value())); // of shards(2)
     * }</pre>
     *
     * @param listeners gives the listener of a shard, numbered from 0; asked when the first source is opened or the engine starts
     * @throws IllegalStateException if the chain has an end already
     */
    public void onResultPerShard(IntFunction<? extends WindowListener<K, R>> listeners) {
        declaration.open().listener(Objects.requireNonNull(listeners, "listeners"));
    }

    /**
     * Gets every pane together with the one that it replaces; see {@link UpdateListener}. Makes panes retracting, whose cost it shares:
     * the contents of the last pane of each window are kept until it expires. Ends the chain.
     *
     * @throws IllegalStateException if panes are {@link WindowedStream#discarding discarding}, so that none replaces another, or if the
     *     chain has an end already
     */
    public void onUpdate(UpdateListener<K, R> listener) {
        declaration.open().updateListener(Objects.requireNonNull(listener, "listener"));
    }

    /**
     * The results as events of further windows, to any depth. Ends the chain; others begin on what this gives.
     *
     * @throws IllegalStateException if the chain has an end already
     */
    public ResultStream<K, R> results() {
        return new ResultStream<>(declaration.open().results());
    }
}
