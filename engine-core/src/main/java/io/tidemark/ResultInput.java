package io.tidemark;

import io.tidemark.operator.KeyLocation;
import io.tidemark.operator.OperatorChain;
import io.tidemark.operator.ResultFeed;
import io.tidemark.operator.StreamCounters;
import io.tidemark.operator.WindowSpec;
import io.tidemark.time.Timestamps;
import io.tidemark.window.WindowAssigner;
import io.tidemark.window.WindowListener;
import io.tidemark.window.WindowResult;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The results of a stream of windows, as what further streams are declared on. */
final class ResultInput<K, R> extends StreamInput<WindowResult<K, R>> {
    private final StreamDeclaration<?, K, R> origin;
    private boolean used;
    private @Nullable ResultFeed<K, R> feed;

    ResultInput(Declarations declarations, StreamDeclaration<?, K, R> origin) {
        super(declarations, new RowLayout<>(List.of(), WindowResult::copy));
        this.origin = origin;
    }

    @Override
    <L> KeyedStream<WindowResult<K, R>, L> keyBy(Function<? super WindowResult<K, R>, ? extends L> key) {
        Objects.requireNonNull(key, "key");
        return super.keyBy(result -> keyOf(result, key));
    }

    @SuppressWarnings("ReferenceEquality") // it is the view itself that must not be kept
    private static <K, R, L> L keyOf(WindowResult<K, R> result, Function<? super WindowResult<K, R>, ? extends L> key) {
        L read = key.apply(result);
        if (read == result) {
            throw new IllegalArgumentException("a result of " + result.stream()
                    + " is a view and no key; key by a part of it, for example WindowResult::key");
        }
        return read;
    }

    @Override
    <L, S> StreamDeclaration<WindowResult<K, R>, L, S> declare(
            KeyLocation key, WindowAssigner<? super WindowResult<K, R>> windows) {
        StreamDeclaration<WindowResult<K, R>, L, S> declaration = super.declare(key, windows);
        used = true;
        return declaration;
    }

    /** Whether a stream has been declared on it. */
    boolean isUsed() {
        return used;
    }

    /** What takes the results, once it is known what rows carry. */
    WindowListener<K, R> listener(OperatorChain chain) {
        Projection<WindowResult<K, R>> projection =
                layout.projection(result -> Timestamps.subtract(result.end(), 1)); // its window's last instant
        feed = chain.feed(
                origin.name, layout.longStride(), layout.objectStride(), layout.eventLane(), projection::write);
        return feed;
    }

    @Override
    <L, S> StreamCounters add(OperatorChain chain, WindowSpec<WindowResult<K, R>, L, S> spec) {
        return chain.add(spec, Objects.requireNonNull(feed, "the stream that gives the results comes first"));
    }

    @Override
    String origin() {
        return origin.name;
    }

    @Override
    boolean isSplitBy(KeyLocation key) {
        return origin.isSplit();
    }
}
