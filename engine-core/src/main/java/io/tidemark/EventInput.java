package io.tidemark;

import io.tidemark.operator.KeyLocation;
import io.tidemark.operator.OperatorChain;
import io.tidemark.operator.StreamCounters;
import io.tidemark.operator.WindowSpec;
import org.jspecify.annotations.Nullable;

/** The events of the sources, as what streams of windows are declared on. */
final class EventInput<E> extends StreamInput<E> {

    EventInput(Declarations declarations, RowLayout<E> layout) {
        super(declarations, layout);
    }

    @Override
    <K, R> StreamCounters add(OperatorChain chain, WindowSpec<E, K, R> spec) {
        return chain.add(spec);
    }

    @Override
    @Nullable
    String origin() {
        return null;
    }

    @Override
    boolean isSplitBy(KeyLocation key) {
        return key.kind() != KeyLocation.Kind.NONE;
    }
}
