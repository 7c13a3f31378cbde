package io.tidemark;

import io.tidemark.window.LateEvent;
import io.tidemark.window.WindowListener;
import java.util.Objects;
import java.util.function.Consumer;

/**
 * The last stage: who gets the results.
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
     * @throws IllegalStateException if it has been said before
     */
    public void onResult(WindowListener<K, R> listener) {
        declaration.open().listener(Objects.requireNonNull(listener, "listener"));
    }
}
