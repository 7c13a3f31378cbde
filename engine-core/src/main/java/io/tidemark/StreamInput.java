package io.tidemark;

import io.tidemark.operator.KeyLocation;
import io.tidemark.operator.OperatorChain;
import io.tidemark.operator.StreamCounters;
import io.tidemark.operator.WindowSpec;
import io.tidemark.window.WindowAssigner;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/**
 * What streams of windows are declared on: the events of the sources, or the results of another stream.
 *
 * <p>Threads: belongs to the thread that declares.
 */
abstract class StreamInput<E> {
    final Declarations declarations;
    /** What its rows carry. */
    final RowLayout<E> layout;

    StreamInput(Declarations declarations, RowLayout<E> layout) {
        this.declarations = declarations;
        this.layout = layout;
        if (declarations.keepsEvents()) {
            layout.carryEvents();
        }
    }

    <K> KeyedStream<E, K> keyBy(Function<? super E, ? extends K> key) {
        requireOpen();
        return new KeyedStream<>(this, KeyLocation.objectLane(layout.lane(Objects.requireNonNull(key, "key"))));
    }

    KeyedStream<E, Long> keyByLong(ToLongFunction<? super E> key) {
        requireOpen();
        return new KeyedStream<>(this, KeyLocation.longColumn(layout.column(Objects.requireNonNull(key, "key"))));
    }

    WindowedStream<E, Void> window(WindowAssigner<? super E> windows) {
        return new WindowedStream<>(this, KeyLocation.none(), windows);
    }

    <K, R> StreamDeclaration<E, K, R> declare(KeyLocation key, WindowAssigner<? super E> windows) {
        requireOpen();
        StreamDeclaration<E, K, R> declaration = new StreamDeclaration<>(this, key, windows, declarations.nextName());
        declarations.add(declaration);
        return declaration;
    }

    /** Refuses a declaration once rows are fixed. */
    final void requireOpen() {
        declarations.requireOpen();
    }

    final TimeUnit unit() {
        return declarations.unit();
    }

    final boolean keepsEvents() {
        return declarations.keepsEvents();
    }

    /** Adds a finished stream on this input. */
    abstract <K, R> StreamCounters add(OperatorChain chain, WindowSpec<E, K, R> spec);

    /** The stream whose results its events are; null if they come from the sources. */
    abstract @Nullable String origin();

    /** Whether several shards would each have a part of the keys of a stream on this input. */
    abstract boolean isSplitBy(KeyLocation key);
}
