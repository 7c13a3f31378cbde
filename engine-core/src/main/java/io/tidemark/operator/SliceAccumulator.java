package io.tidemark.operator;

import java.util.Objects;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Adds rows to the slices they lie in, a block at a time. The slice of the last row is remembered, since nearly all rows of a stream lie
 * in one or two of them.
 */
final class SliceAccumulator {
    /** The places of the rows of a block that lie as they came. */
    private static final int[] IN_ORDER = IntStream.range(0, WindowOperator.RUN).toArray();

    private final WindowOperator<?, ?, ?> stream;
    private final AggregateColumns<?, ?> columns;
    private final SliceList slices;
    private final int[] positions;

    private @Nullable SlicePartition partition;
    private @Nullable Slice current;

    SliceAccumulator(WindowOperator<?, ?, ?> stream, SliceList slices) {
        this.stream = stream;
        this.columns = stream.columns;
        this.slices = slices;
        this.positions = stream.positions;
    }

    /** The slice of a timestamp that belongs to some window, made if it is not there. */
    Slice claim(long timestamp) {
        return Objects.requireNonNull(claimIfAny(timestamp));
    }

    /** The slice of a timestamp, made if it is not there; null if no window contains it. */
    @Nullable
    Slice claimIfAny(long timestamp) {
        Slice slice = current;
        if (slice == null || !slice.contains(timestamp)) {
            slice = slices.claim(timestamp);
            if (slice != null) {
                current = slice;
            }
        }
        return slice;
    }

    /** Slices are about to be freed. */
    void forgetCurrent() {
        current = null;
    }

    /** Adds rows whose keys are loaded, and which all belong to some window: nearly always all to one slice. */
    void add(RowBatch rows, int from, int count, long arrival) {
        Slice slice = claim(rows.timestamp(from));
        if (count == 1 || (slice.start <= rows.earliest() && rows.latest() < slice.end)) {
            addRun(
                    slice.table,
                    stream.keys(rows),
                    stream.keyIndex(rows, from, from),
                    stream.keyStride(rows),
                    rows.longs,
                    rows.row(from),
                    rows.longStride,
                    count,
                    arrival,
                    IN_ORDER);
            for (int part = 0; part < columns.objectWidth(); part++) {
                for (int i = 0; i < count; i++) {
                    columns.accumulateObject(part, slice.table, positions[i], rows, from + i);
                }
            }
        } else {
            addMixed(rows, from, count, arrival);
        }
    }

    /** Adds rows of several slices. */
    private void addMixed(RowBatch rows, int from, int count, long arrival) {
        SlicePartition sorted = partition(rows.longStride);
        sorted.begin(rows.earliest(), rows.latest());
        for (int row = from; row < from + count; row++) {
            long timestamp = rows.timestamp(row);
            if (!sorted.add(timestamp)) {
                sorted.add(timestamp, claim(timestamp));
            }
        }
        sorted.sort();
        long[] keys = stream.keys(rows);
        int keyAt = stream.keyIndex(rows, from, from);
        int keyStride = stream.keyStride(rows);
        KeyTable leader = slices.leader();
        // before the rows are taken slice by slice: in which order keys come must not depend on the block
        if (leader != null && sorted.allFollow(leader)) {
            leader.claimKeys(keys, keyAt, keyStride, count, positions);
            for (int group = 0; group < sorted.groups(); group++) {
                int size = sorted.gather(group, rows, from, columns.inputColumns());
                sorted.slice(group).table.countAll(sorted.gatherPositions(positions, size), size);
                columns.accumulateLongs(
                        sorted.slice(group).table, sorted.longs, 0, rows.longStride, size, sorted.positions);
            }
            sorted.end();
            return;
        }
        if (sorted.anyFollows()) {
            for (int i = 0; i < count; i++) {
                sorted.sliceAt(i).table.announce(keys[keyAt + i * keyStride]);
            }
        }
        for (int group = 0; group < sorted.groups(); group++) {
            int size = sorted.gather(group, rows, from, columns.inputColumns());
            sorted.gatherKeys(keys, keyAt, keyStride, size);
            KeyTable table = sorted.slice(group).table;
            addRun(table, sorted.keys, 0, 1, sorted.longs, 0, rows.longStride, size, arrival, sorted.places);
            if (columns.objectWidth() > 0) {
                sorted.keepPositions(positions, size);
            }
        }
        // in the order of arrival across the slices, on which an aggregator of objects may depend
        for (int part = 0; part < columns.objectWidth(); part++) {
            for (int i = 0; i < count; i++) {
                columns.accumulateObject(part, sorted.sliceAt(i).table, sorted.position(i), rows, from + i);
            }
        }
        sorted.end();
    }

    private SlicePartition partition(int longStride) {
        if (partition == null) {
            partition = new SlicePartition(longStride);
        }
        return partition;
    }

    /** Adds rows of one slice. */
    private void addRun(
            KeyTable table,
            long[] keys,
            int keyAt,
            int keyStride,
            long[] longs,
            int at,
            int longStride,
            int count,
            long arrival,
            int[] places) {
        table.claimAll(keys, keyAt, keyStride, count, positions, arrival, places);
        columns.accumulateLongs(table, longs, at, longStride, count, positions);
    }
}
