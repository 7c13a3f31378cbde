package io.tidemark.operator;

import java.util.Arrays;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The rows of a block that belong to several slices, sorted by slice: out of order by more than a slice is long, they would change the
 * slice at nearly every row, and each slice is to get its own in one run. Within a slice they stay in the order in which they came.
 *
 * <p>Cost: some passes over the block, whatever the slices; no allocation.
 */
final class SlicePartition {
    private final @Nullable Slice[] slices = new Slice[WindowOperator.RUN];
    private final int[] groupOf = new int[WindowOperator.RUN];
    /** Of each group, one past its last place. */
    private final int[] ends = new int[WindowOperator.RUN];
    /** Places in the block, group by group. */
    private final int[] sorted = new int[WindowOperator.RUN];

    private final int longStride;
    /** The rows of one group. */
    final long[] longs;

    final long[] keys = new long[WindowOperator.RUN];
    /** Place in the block of each of them. */
    final int[] places = new int[WindowOperator.RUN];

    /** By place in the block: the row's entry. */
    private final int[] positions = new int[WindowOperator.RUN];

    private int groups;
    private int count;

    SlicePartition(int longStride) {
        this.longStride = longStride;
        this.longs = new long[WindowOperator.RUN * longStride];
    }

    void begin() {
        groups = 0;
        count = 0;
    }

    /** Adds the next row of the block. */
    void add(Slice slice) {
        int group = slice.group;
        if (group >= groups || slices[group] != slice) {
            group = groups++;
            slice.group = group;
            slices[group] = slice;
            ends[group] = 0;
        }
        ends[group]++;
        groupOf[count++] = group;
    }

    /** Sorts what was added. */
    void sort() {
        int start = 0;
        for (int group = 0; group < groups; group++) {
            start += ends[group];
            ends[group] = start - ends[group];
        }
        for (int place = 0; place < count; place++) {
            sorted[ends[groupOf[place]]++] = place;
        }
    }

    int groups() {
        return groups;
    }

    Slice slice(int group) {
        return Objects.requireNonNull(slices[group]);
    }

    /** The slice of the row at a place of the block. */
    Slice sliceAt(int place) {
        return slice(groupOf[place]);
    }

    /**
     * Copies the rows of a group to the front of {@link #longs}, their keys to that of {@link #keys}.
     *
     * @return how many
     */
    int gather(int group, RowBatch rows, int from, long[] keyColumn, int keyAt, int keyStride) {
        int start = group == 0 ? 0 : ends[group - 1];
        int size = ends[group] - start;
        long[] source = rows.longs;
        int first = rows.row(from);
        int to = 0;
        for (int i = 0; i < size; i++) {
            int place = sorted[start + i];
            places[i] = place;
            keys[i] = keyColumn[keyAt + place * keyStride];
            int row = first + place * longStride;
            for (int column = 0; column < longStride; column++) {
                longs[to++] = source[row + column];
            }
        }
        return size;
    }

    /** Lets go of the slices, whose tables would not be freed else. */
    void end() {
        Arrays.fill(slices, 0, groups, null);
        groups = 0;
    }

    /** Notes the entries of the rows that were gathered last. */
    void keepPositions(int[] found, int size) {
        for (int i = 0; i < size; i++) {
            positions[places[i]] = found[i];
        }
    }

    /** The entry of the row at a place of the block, in the table of its slice. */
    int position(int place) {
        return positions[place];
    }
}
