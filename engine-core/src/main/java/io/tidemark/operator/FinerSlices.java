package io.tidemark.operator;

import io.tidemark.window.SlicedWindows;

/**
 * Another stream on the same rows, key and aggregation whose slices divide a stream's own, which are put together from them: a row is added
 * once, to the finest slices, however many streams count it, and a coarser one costs a {@code combine} per (key, finer slice).
 *
 * <p>A finer slice is taken over when the windows there have ended beyond it. From then on each row that falls into it comes
 * alone, behind the watermark, and every stream adds it by itself, by its own rules of lateness; before, no stream can be
 * too late for it. So each row is taken in exactly once, and a stream knows of the other nothing but its slices.
 *
 * <p>Needs the laws of an aggregator: {@code combine} associative and commutative.
 */
final class FinerSlices {
    private final SlicedWindowOperator<?, ?, ?> stream;
    private final SlicedWindows windows;
    private final SliceList finer;
    private final SliceList own;
    /** All that ended by then were taken over. */
    private long takenUpTo = Long.MIN_VALUE;

    /**
     * Nothing is taken over yet.
     *
     * @param stream the other stream, with its windows and slices
     * @param own the slices to put together
     */
    FinerSlices(SlicedWindowOperator<?, ?, ?> stream, SlicedWindows windows, SliceList finer, SliceList own) {
        this.stream = stream;
        this.windows = windows;
        this.finer = finer;
        this.own = own;
    }

    /** Whether a row with this timestamp is going to be taken over, and must not be added a second time. */
    boolean bring(long timestamp) {
        return timestamp >= takenUpTo;
    }

    /** The other stream's name. */
    String streamName() {
        return stream.spec.name();
    }

    /** Takes over what a watermark completes there, before anything closes or is freed. */
    void takeUpTo(long watermark) {
        stream.completeSlices(watermark);
        long end = windows.previousEnd(watermark);
        for (int i = finer.firstFrom(takenUpTo); i < finer.size() && finer.get(i).end <= end; i++) {
            Slice slice = finer.get(i);
            own.claimCovered(slice.start).table.addAll(slice.table);
        }
        takenUpTo = end;
    }
}
