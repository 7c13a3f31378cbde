package io.tidemark.operator;

import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Another stream on the same rows, key and aggregation whose slices divide a stream's own, which are put together from them: a row is added
 * once, to the finest slices, however many streams count it.
 *
 * <ul>
 *   <li>Name: shared slices, in a hierarchy from fine to coarse.
 *   <li>Laws needed: {@code combine} associative and commutative, the split law of an aggregator.
 *   <li>Cost: a {@code combine} per (key, finer slice); a copy of the table where a slice is one of the finer slices. Nothing per row but
 *       that it is counted.
 *   <li>Space: none of its own. A finer slice lives no longer than its own stream asks, however long the coarser windows are.
 *   <li>Source: the shared panes of Li, Maier, Tufte, Papadimos and Tucker, "No pane, no gain" (SIGMOD Record 34, 2005), and the
 *       factor windows of Wu, Bernstein, Raizman and Pavlopoulou, "Factor windows" (ICDE 2022).
 * </ul>
 *
 * <p>A finer slice is taken over when a window there has ended at or behind its end. From then on each row that falls into it comes alone,
 * behind the watermark, and every stream adds it by itself, by its own rules of lateness; before, no stream can be too late for
 * it. So each row is taken in exactly once, and a stream knows nothing of the other but its slices.
 */
final class FinerSlices {
    private final SlicedWindowOperator<?, ?, ?> stream;
    private final SliceList own;
    /** All that ended by then were taken over. */
    private long takenUpTo = Long.MIN_VALUE;

    private FinerSlices(SlicedWindowOperator<?, ?, ?> stream, SliceList own) {
        this.stream = stream;
        this.own = own;
        stream.lend();
    }

    /** The coarsest among the streams of a group that has the slices of one of them in pieces; null if none has. */
    static @Nullable FinerSlices choose(
            SlicedWindowOperator<?, ?, ?> coarse, List<SlicedWindowOperator<?, ?, ?>> streams) {
        SlicedWindowOperator<?, ?, ?> best = null;
        boolean before = true;
        for (SlicedWindowOperator<?, ?, ?> stream : streams) {
            if (stream == coarse) {
                before = false; // of streams with equal slices the first has its own
            } else if (divides(stream, coarse)
                    && (before || !coarse.windows.divides(stream.windows))
                    && (best == null || !stream.windows.divides(best.windows))) {
                best = stream;
            }
        }
        return best == null ? null : new FinerSlices(best, coarse.slices);
    }

    /**
     * Not with keys that are objects, since each stream has its own numbers for them, and its own trouble with one that throws; nor if the
     * order of arrival is asked for, which each stream counts by itself.
     */
    private static boolean divides(SlicedWindowOperator<?, ?, ?> fine, SlicedWindowOperator<?, ?, ?> coarse) {
        return fine.windows.divides(coarse.windows)
                && fine.windows.coversAllTime()
                && coarse.windows.coversAllTime()
                && fine.spec.key().equals(coarse.spec.key())
                && fine.keyKind != KeyLocation.Kind.OBJECT
                && !fine.spec.ordered()
                && !coarse.spec.ordered()
                && fine.columns.hasStateOf(coarse.columns);
    }

    /** The other stream's name. */
    String streamName() {
        return stream.spec.name();
    }

    /** Whether a row with this timestamp is going to be taken over, and must not be added a second time. */
    boolean brings(long timestamp) {
        return timestamp >= takenUpTo;
    }

    /** Takes over what a watermark completes there; before anything closes or is freed. */
    void takeUpTo(long watermark) {
        stream.completeSlices(watermark);
        SliceList finer = stream.slices;
        long end = stream.windows.previousEnd(watermark);
        for (int i = finer.firstFrom(takenUpTo); i < finer.size() && finer.get(i).end <= end; i++) {
            Slice slice = finer.get(i);
            Objects.requireNonNull(own.claim(slice.start)).table.addAll(slice.table);
        }
        takenUpTo = end;
    }
}
