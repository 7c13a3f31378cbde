package io.tidemark.aggregate;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * Several aggregations in one pass over the events; made by {@link Aggregators#all}. Each part keeps its own state and its own
 * speed: the operator lays the parts out side by side and calls each as if it were alone.
 *
 * <p>Threads: immutable, safe from any thread.
 *
 * @param <E> the event
 */
public final class CompositeAggregator<E> implements Aggregation<E, Aggregates> {

    private final List<Aggregation<E, ?>> parts;

    CompositeAggregator(List<Aggregation<E, ?>> parts) {
        if (parts.isEmpty()) {
            throw new IllegalArgumentException("all() of nothing; name at least one aggregation");
        }
        List<Aggregation<E, ?>> flat = new ArrayList<>();
        for (int i = 0; i < parts.size(); i++) {
            Aggregation<E, ?> part = Objects.requireNonNull(parts.get(i), "part " + i + " of all() is null");
            for (Aggregation<E, ?> leaf : leaves(part)) {
                if (position(flat, leaf) >= 0) {
                    throw new IllegalArgumentException(
                            "part " + i
                                    + " of all() appears twice, so its result could not be told apart; make a second aggregation");
                }
                flat.add(leaf);
            }
        }
        this.parts = List.copyOf(flat);
    }

    /** The parts in the order given, with those of nested composites in place of the composite. Unmodifiable, not empty. */
    public List<Aggregation<E, ?>> parts() {
        return parts;
    }

    /**
     * Where {@code part} stands in {@link #parts}; found by identity, in a walk over the few parts.
     *
     * @throws IllegalArgumentException if it is none of them
     */
    public int indexOf(Aggregation<?, ?> part) {
        int index = position(parts, Objects.requireNonNull(part, "part"));
        if (index < 0) {
            throw new IllegalArgumentException("no part of this composite: a "
                    + part.getClass().getSimpleName()
                    + "; ask with the object that was given to all(), or with the parts of a nested composite");
        }
        return index;
    }

    @SuppressWarnings("unchecked") // an Aggregation<E, ?> that is a composite is one of E
    private static <E> List<Aggregation<E, ?>> leaves(Aggregation<E, ?> part) {
        return part instanceof CompositeAggregator<?> ? ((CompositeAggregator<E>) part).parts : List.of(part);
    }

    @SuppressWarnings(
            "ReferenceEquality") // the object is the handle; a user's aggregator may define equals as it likes
    private static int position(List<? extends Aggregation<?, ?>> parts, Aggregation<?, ?> part) {
        for (int i = 0; i < parts.size(); i++) {
            if (parts.get(i) == part) {
                return i;
            }
        }
        return -1;
    }
}
