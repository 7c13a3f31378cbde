package io.tidemark;

import io.tidemark.window.LateEvent;
import java.util.Objects;
import java.util.function.Consumer;

/**
 * Next comes {@code onLate(...)} or {@code dropLate()}, and then {@code onResult(...)}, {@code onUpdate(...)} or {@code results()}.
 *
 * <p>Windows of which it is known what they compute: now it must be said what becomes of events that come too late: they are money,
 * so the types do not let you forget them.
 *
 * <p>Threads: belongs to the thread that declares.
 *
 * @param <E> event
 * @param <K> key
 * @param <R> value
 */
public final class AggregatedStream<E, K, R> {
    private final StreamDeclaration<E, K, R> declaration;

    AggregatedStream(StreamDeclaration<E, K, R> declaration) {
        this.declaration = declaration;
    }

    /**
     * Gets every event that no window took: the late ones, and those without a window that are behind the watermark. Called by the
     * engine thread, at the event's place in the order.
     */
    public ResultStage<E, K, R> onLate(Consumer<? super LateEvent<K, E>> handler) {
        declaration.open().lateHandler = Objects.requireNonNull(handler, "late handler");
        declaration.lateRule = true;
        return new ResultStage<>(declaration);
    }

    /** Late events are counted in the metrics and otherwise forgotten. */
    public ResultStage<E, K, R> dropLate() {
        declaration.open().lateRule = true;
        return new ResultStage<>(declaration);
    }
}
