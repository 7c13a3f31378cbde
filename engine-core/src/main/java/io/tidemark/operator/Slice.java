package io.tidemark.operator;

/** A piece of time between two neighbouring window edges, with the accumulators of its keys. */
final class Slice {
    final long start;
    final long end;
    /** End of the last window that contains it. */
    final long lastEnd;

    final KeyTable table;

    /** Its place among the slices of the block that is being sorted; see {@link SlicePartition}. */
    int group;

    Slice(long start, long end, long lastEnd, KeyTable table) {
        this.start = start;
        this.end = end;
        this.lastEnd = lastEnd;
        this.table = table;
    }

    boolean contains(long timestamp) {
        return timestamp >= start && timestamp < end;
    }
}
